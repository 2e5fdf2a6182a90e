package dev.evenroll.hsm.pkcs11;

import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A PIN as a token takes it.
final class PinBytes {

    private PinBytes() {}

    /// In UTF-8. What was given is overwritten; whoever gets the result overwrites that.
    static byte[] of(char[] pin) {
        try {
            var encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(pin));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            encoded.rewind();
            encoded.put(new byte[bytes.length]);
            return bytes;
        } finally {
            Arrays.fill(pin, '\0');
        }
    }
}
