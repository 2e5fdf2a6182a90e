package dev.evenroll.revocation.connection.http;

import dev.evenroll.pki.MalformedException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Percent-encoding (RFC 3986 section 2.1) of ASCII text, read strictly. A `+` is a plus.
final class PercentEncoding {

    private static final int RADIX = 16;
    private static final int DIGITS = 2;

    private PercentEncoding() {}

    /// @param field what the text is said to be, for the message
    /// @throws MalformedException when a `%` is not followed by two hexadecimal digits, or when a byte is not ASCII
    static String decode(String text, String field) throws MalformedException {
        var bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            int next = text.charAt(i);
            if (next == '%') {
                next = octet(text, i + 1, field);
                i += DIGITS;
            }
            if (next >= 0x80) {
                throw new MalformedException(field, "holds a character that is not ASCII; percent-encode the whole");
            }
            bytes.write(next);
        }
        return bytes.toString(StandardCharsets.US_ASCII);
    }

    private static int octet(String text, int at, String field) throws MalformedException {
        int high = at + 1 < text.length() ? Character.digit(text.charAt(at), RADIX) : -1;
        int low = high < 0 ? -1 : Character.digit(text.charAt(at + 1), RADIX);
        if (low < 0) {
            throw new MalformedException(
                    field,
                    "has a % that two hexadecimal digits do not follow; percent-encode the whole, and once only");
        }
        return high * RADIX + low;
    }
}
