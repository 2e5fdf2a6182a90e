package dev.evenroll.validator.streams;

import dev.evenroll.kafka.streams.Commits;
import dev.evenroll.schemas.state.KeyBlock;
import dev.evenroll.schemas.state.KeyClaim;
import dev.evenroll.validator.enrollment.KeyEntry;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// The public keys of one partition: store `key-claim-by-spki` in the words of the domain. Owner: the task.
///
/// That a key is blocked stands in the store at once, exactly, and on `key.blocked` for ever: what the one has lost,
/// the other one knows.
final class KeyStore {

    /// Under this name stands when the blocks were published that an earlier version had kept in the store only.
    /// No key has it.
    private static final String EARLIER_BLOCKS = "earlier-blocks";

    /// In the record, the holder of a key that was blocked before anybody claimed it.
    private static final String NOBODY = "";

    private final KeyValueStore<String, KeyClaim> store;
    private final BlockedKeyStore published;
    private final Commits.Part part;

    KeyStore(ProcessorContext<?, ?> context, Commits commits) {
        this.store = context.getStateStore(StoreNames.KEY_CLAIM_BY_SPKI);
        this.published = new BlockedKeyStore(context);
        this.part = commits.begun(StoreNames.KEY_CLAIM_BY_SPKI, context.taskId().partition());
    }

    /// What is known of a key while one record is handled.
    ///
    /// @param kept what the store holds; null when nothing
    /// @param entry the same, blocked also when that is known from elsewhere only; null when nothing is known
    record Known(
            String key, @Nullable KeyEntry kept, @Nullable KeyEntry entry) {}

    /// @param key SHA-256 of the SubjectPublicKeyInfo in hex
    Known find(String key) {
        var claim = store.get(key);
        var kept = claim == null ? null : toDomain(claim);
        return new Known(key, kept, KeyEntry.blockedBy(kept, published.find(key)));
    }

    /// Whether every replica knows that the key is blocked, or will.
    boolean isBlockPublished(String key) {
        return published.contains(key);
    }

    /// Keeps the entry, unless that is what is kept.
    void put(Known before, KeyEntry entry) {
        if (!entry.equals(before.kept())) {
            part.changing();
            store.put(before.key(), toRecord(entry));
        }
    }

    /// Gives out the blocks that an earlier version has kept here only: once, and nothing after that.
    Map<String, KeyEntry.KeyBlock> takeEarlierBlocks(Instant now) {
        var blocks = new TreeMap<String, KeyEntry.KeyBlock>();
        if (store.get(EARLIER_BLOCKS) != null) {
            return blocks;
        }
        try (var entries = store.all()) {
            entries.forEachRemaining(entry -> {
                var block = toDomain(entry.value).block();
                if (block != null) {
                    blocks.put(entry.key, block);
                }
            });
        }
        part.changing();
        store.put(
                EARLIER_BLOCKS,
                KeyClaim.newBuilder().setDeviceId(NOBODY).setClaimedAt(now).build());
        return blocks;
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
