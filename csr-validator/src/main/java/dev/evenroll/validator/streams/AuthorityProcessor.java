package dev.evenroll.validator.streams;

import java.util.Objects;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// Copies registration-authority.registry into the global store, byte by byte, as a restoration does.
/// Owner of the store `registration-authority`.
final class AuthorityProcessor implements Processor<String, byte[], Void, Void> {

    private @Nullable KeyValueStore<String, byte[]> store;

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        this.store = context.getStateStore(StoreNames.REGISTRATION_AUTHORITY);
    }

    @Override
    public void process(Record<String, byte[]> record) {
        // A record without a key names nobody.
        if (record.key() != null) {
            Objects.requireNonNull(store).put(record.key(), record.value());
        }
    }
}
