package dev.evenroll.validator.administration;

import dev.evenroll.validator.enrollment.KeyCommandLog;
import dev.evenroll.validator.enrollment.KeyDirectory;
import dev.evenroll.validator.enrollment.KeyEntry;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The public keys without Kafka: an order is applied when it is written, unless the log is stuck.
@Singleton
public final class MemoryKeys implements KeyDirectory, KeyCommandLog {

    private final Map<String, KeyEntry> keys = new ConcurrentHashMap<>();
    private volatile boolean stuck;

    void clear() {
        keys.clear();
        stuck = false;
    }

    void stick() {
        stuck = true;
    }

    void certify(String keySha256, String deviceId, String certificateId) {
        keys.compute(keySha256, (_, before) -> KeyEntry.certified(before, deviceId, certificateId, MemoryRegistry.NOW));
    }

    @Override
    public Optional<KeyEntry> find(String keySha256) {
        return Optional.ofNullable(keys.get(keySha256));
    }

    @Override
    public void append(Block order) {
        if (!stuck) {
            keys.compute(
                    order.keySha256(),
                    (_, before) -> KeyEntry.blocked(
                            before,
                            new KeyEntry.KeyBlock(
                                    order.commandId(), order.actor(), order.reason(), MemoryRegistry.NOW)));
        }
    }
}
