package dev.evenroll.validator.streams;

import java.util.Objects;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// Copies a compacted topic into a global store, byte by byte, as a restoration does. Owner of the store.
final class GlobalCopy implements Processor<String, byte[], Void, Void> {

    private final String name;
    private @Nullable KeyValueStore<String, byte[]> store;

    /// @param name one of [StoreNames]
    GlobalCopy(String name) {
        this.name = name;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        this.store = context.getStateStore(name);
    }

    @Override
    public void process(Record<String, byte[]> record) {
        // A record without a key names nothing.
        if (record.key() != null) {
            Objects.requireNonNull(store).put(record.key(), record.value());
        }
    }
}
