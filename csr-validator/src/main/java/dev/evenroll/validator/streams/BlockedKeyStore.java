package dev.evenroll.validator.streams;

import dev.evenroll.validator.enrollment.KeyEntry.KeyBlock;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// The keys that people have blocked, in whatever partition: the global store `blocked-key`, read by every task.
/// Owner: the global thread.
final class BlockedKeyStore {

    private final KeyValueStore<String, byte[]> store;

    BlockedKeyStore(ProcessorContext<?, ?> context) {
        this.store = context.getStateStore(StoreNames.BLOCKED_KEY);
    }

    /// @param key SHA-256 of the SubjectPublicKeyInfo in hex
    boolean contains(String key) {
        return store.get(key) != null;
    }

    /// Why the key is blocked; null when it is not.
    @Nullable
    KeyBlock find(String key) {
        return BlockedKeyRecords.read(store.get(key));
    }
}
