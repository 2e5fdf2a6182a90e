package dev.evenroll.validator.streams;

import dev.evenroll.schemas.event.BlockKey;
import dev.evenroll.schemas.event.KeyCommanded;
import dev.evenroll.validator.enrollment.KeyEntry;
import dev.evenroll.validator.enrollment.KeyEntry.KeyBlock;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/// Applies commands to public keys: a block counts for claims of the key at once, and is published for everybody
/// who has to know it.
final class KeyCommandHandler implements EventHandler<KeyCommanded>, DueHandler {

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private final KeyStore keys;
    private final EventFactory events;
    private boolean lookedForEarlierBlocks;

    KeyCommandHandler(KeyStore keys, EventFactory events) {
        this.keys = keys;
        this.events = events;
    }

    /// @param key SHA-256 of the SubjectPublicKeyInfo in hex
    @Override
    public List<Emission> handle(String key, KeyCommanded event) throws UnusableException {
        if (!SHA256.matcher(key).matches()) {
            throw new UnusableException("The command names no key: that would be 64 lower-case hex digits.");
        }
        if (!(event.getCommand() instanceof BlockKey command)) {
            throw new UnusableException("The command is of a kind that this version does not know.");
        }
        var block = new KeyBlock(event.getCommandId(), event.getActor(), command.getReason(), event.getOccurredAt());
        var before = keys.find(key);
        var entry = KeyEntry.blocked(before.entry(), block);
        keys.put(before, entry);
        return keys.isBlockPublished(key) ? List.of() : List.of(published(key, Objects.requireNonNull(entry.block())));
    }

    /// Publishes what an earlier version has not: once in the life of a partition.
    @Override
    public List<Emission> due() {
        if (lookedForEarlierBlocks) {
            return List.of();
        }
        lookedForEarlierBlocks = true;
        return keys.takeEarlierBlocks(events.now()).entrySet().stream()
                .map(earlier -> published(earlier.getKey(), earlier.getValue()))
                .toList();
    }

    private Emission published(String key, KeyBlock block) {
        return Emission.to(Sinks.KEY_BLOCKED, key, BlockedKeyRecords.toRecord(key, block, events.environment()));
    }
}
