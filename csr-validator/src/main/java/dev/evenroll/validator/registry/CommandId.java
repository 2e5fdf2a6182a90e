package dev.evenroll.validator.registry;

import dev.evenroll.pki.Der;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/// The id of a command: random, or made of the idempotency key that the caller gave.
///
/// Grammar of the second kind: `<key>.<content>`, both 32 lower-case hex digits. The first part stands for
/// who calls with which idempotency key, the second for what he asks: the same key with another content is
/// a mistake of the caller, and is refused instead of being taken for a repetition.
public final class CommandId {

    private static final int HEX_DIGITS = 32;
    private static final char SEPARATOR = '.';

    private CommandId() {}

    /// An id that nobody has used.
    public static String random() {
        return UUID.randomUUID().toString();
    }

    /// The id of a command that the caller may repeat.
    ///
    /// @param actor who calls
    /// @param idempotencyKey what he calls this command
    /// @param content everything that he asks for, in parts
    public static String of(String actor, String idempotencyKey, String... content) {
        return digest(actor, idempotencyKey) + SEPARATOR + digest(content);
    }

    /// Whether both are of one idempotency key, and ask for different things.
    public static boolean contradict(String one, String other) {
        return !one.equals(other) && isOfKey(one) && key(one).equals(key(other));
    }

    /// Whether it is made of an idempotency key.
    public static boolean isOfKey(String commandId) {
        return commandId.indexOf(SEPARATOR) > 0;
    }

    /// What the ids of all commands under the same idempotency key begin with, and no others.
    public static String prefix(String commandId) {
        return key(commandId) + SEPARATOR;
    }

    private static String key(String commandId) {
        var end = commandId.indexOf(SEPARATOR);
        return end < 0 ? commandId : commandId.substring(0, end);
    }

    /// Each part with its length before it, so that no two lists of parts read alike.
    private static String digest(String... parts) {
        var bytes = new ByteArrayOutputStream();
        for (var part : parts) {
            var encoded = part.getBytes(StandardCharsets.UTF_8);
            bytes.writeBytes(
                    ByteBuffer.allocate(Integer.BYTES).putInt(encoded.length).array());
            bytes.writeBytes(encoded);
        }
        return Der.of(bytes.toByteArray()).sha256Hex().substring(0, HEX_DIGITS);
    }
}
