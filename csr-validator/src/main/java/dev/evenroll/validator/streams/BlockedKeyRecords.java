package dev.evenroll.validator.streams;

import dev.evenroll.schemas.codec.Codec;
import dev.evenroll.schemas.codec.UndecodableException;
import dev.evenroll.schemas.event.KeyBlocked;
import dev.evenroll.validator.enrollment.KeyEntry.KeyBlock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Blocked keys between the bytes of their topic and the domain.
final class BlockedKeyRecords {

    private static final Codec<KeyBlocked> CODEC = Codec.of(KeyBlocked.class);

    private BlockedKeyRecords() {}

    /// Why the key is blocked; null when nothing stands under it. What can not be read blocks it as well: it is
    /// not known to be something else.
    static @Nullable KeyBlock read(byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        try {
            var blocked = CODEC.decode(bytes);
            return new KeyBlock(
                    blocked.getCommandId(), blocked.getActor(), blocked.getReason(), blocked.getOccurredAt());
        } catch (UndecodableException e) {
            return new KeyBlock("", "", "what stands on key.blocked can not be read", Instant.EPOCH);
        }
    }

    static KeyBlocked toRecord(String key, KeyBlock block, String environment) {
        return KeyBlocked.newBuilder()
                .setEnvironment(environment)
                .setOccurredAt(block.blockedAt())
                .setKeySha256(key)
                .setCommandId(block.commandId())
                .setActor(block.actor())
                .setReason(block.reason())
                .build();
    }
}
