package dev.evenroll.validator.streams;

import dev.evenroll.schemas.event.BlockKey;
import dev.evenroll.schemas.event.KeyCommanded;
import dev.evenroll.validator.enrollment.KeyEntry;
import java.util.List;
import java.util.regex.Pattern;

/// Applies commands to public keys.
final class KeyCommandHandler implements EventHandler<KeyCommanded> {

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private final KeyStore keys;

    KeyCommandHandler(KeyStore keys) {
        this.keys = keys;
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
        var block = new KeyEntry.KeyBlock(
                event.getCommandId(), event.getActor(), command.getReason(), event.getOccurredAt());
        keys.put(key, KeyEntry.blocked(keys.find(key), block));
        return List.of();
    }
}
