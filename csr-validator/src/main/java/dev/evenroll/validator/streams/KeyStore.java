package dev.evenroll.validator.streams;

import dev.evenroll.schemas.state.KeyBlock;
import dev.evenroll.schemas.state.KeyClaim;
import dev.evenroll.validator.enrollment.KeyEntry;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// The public keys of one partition: store `key-claim-by-spki` in the words of the domain. Owner: the task.
final class KeyStore {

    /// In the record, the holder of a key that was blocked before anybody claimed it.
    private static final String NOBODY = "";

    private final KeyValueStore<String, KeyClaim> store;

    KeyStore(ProcessorContext<?, ?> context) {
        this.store = context.getStateStore(StoreNames.KEY_CLAIM_BY_SPKI);
    }

    /// @param key SHA-256 of the SubjectPublicKeyInfo in hex
    @Nullable
    KeyEntry find(String key) {
        var claim = store.get(key);
        return claim == null ? null : toDomain(claim);
    }

    /// Keeps the entry, unless that is what is kept.
    void put(String key, KeyEntry entry) {
        if (!entry.equals(find(key))) {
            store.put(key, toRecord(entry));
        }
    }

    static KeyEntry toDomain(KeyClaim claim) {
        KeyBlock block = claim.getBlock();
        return new KeyEntry(
                claim.getDeviceId().equals(NOBODY) ? null : claim.getDeviceId(),
                claim.getClaimedAt(),
                claim.getCertificateIds(),
                claim.getGrantedFor(),
                block == null
                        ? null
                        : new KeyEntry.KeyBlock(
                                block.getCommandId(), block.getActor(), block.getReason(), block.getBlockedAt()));
    }

    private static KeyClaim toRecord(KeyEntry entry) {
        var block = entry.block();
        return KeyClaim.newBuilder()
                .setDeviceId(Objects.requireNonNullElse(entry.holder(), NOBODY))
                .setClaimedAt(entry.since())
                .setCertificateIds(entry.certificateIds())
                .setGrantedFor(entry.grantedFor())
                .setBlock(
                        block == null
                                ? null
                                : new KeyBlock(block.commandId(), block.actor(), block.reason(), block.blockedAt()))
                .build();
    }
}
