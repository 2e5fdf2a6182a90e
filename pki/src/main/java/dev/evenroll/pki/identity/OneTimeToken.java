package dev.evenroll.pki.identity;

import dev.evenroll.pki.BouncyCastle;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/// The secret with which an installer enrolls one device once: 160 random bits.
///
/// Written as 32 characters of Crockford's base 32 (digits and upper-case letters without I, L, O
/// and U), shown in groups of four. Whoever types it in may leave out the hyphens or put blanks in
/// their place, write lower case, and take O for 0, I or L for 1.
///
/// Only [#sha256] is stored and sent on; [#toString] does not tell the secret.
public final class OneTimeToken {
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int CHARACTERS = 32;
    private static final int BITS_PER_CHARACTER = 5;
    private static final int RANDOM_BYTES = CHARACTERS * BITS_PER_CHARACTER / Byte.SIZE;
    private static final int GROUP = 4;

    /// Longer input is not looked at: a token with a separator after each character has fewer.
    private static final int MAXIMUM_INPUT = 2 * CHARACTERS;

    private final String characters;

    private OneTimeToken(String characters) {
        this.characters = characters;
    }

    /// A new token.
    public static OneTimeToken random(SecureRandom random) {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        var characters = new StringBuilder(CHARACTERS);
        for (int bit = 0; bit < CHARACTERS * BITS_PER_CHARACTER; bit += BITS_PER_CHARACTER) {
            characters.append(ALPHABET.charAt(fiveBits(bytes, bit)));
        }
        return new OneTimeToken(characters.toString());
    }

    /// Five bits from a position on, the most significant first; they may reach into the next byte.
    private static int fiveBits(byte[] bytes, int bit) {
        int index = bit / Byte.SIZE;
        int next = index + 1 < bytes.length ? bytes[index + 1] & 0xff : 0;
        int window = (bytes[index] & 0xff) << Byte.SIZE | next;
        return window >> (2 * Byte.SIZE - BITS_PER_CHARACTER - bit % Byte.SIZE) & 0x1f;
    }

    /// Reads what somebody typed. Empty when it is no token.
    public static Optional<OneTimeToken> read(CharSequence text) {
        if (text.length() > MAXIMUM_INPUT) {
            return Optional.empty();
        }
        var characters = new StringBuilder(CHARACTERS);
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == '-' || character == ' ') {
                continue;
            }
            char canonical = canonical(character);
            if (ALPHABET.indexOf(canonical) < 0) {
                return Optional.empty();
            }
            characters.append(canonical);
        }
        return characters.length() == CHARACTERS
                ? Optional.of(new OneTimeToken(characters.toString()))
                : Optional.empty();
    }

    private static char canonical(char character) {
        // Of ASCII only: the upper case of some other letters is one of these.
        char upper = character >= 'a' && character <= 'z' ? (char) (character - 'a' + 'A') : character;
        return switch (upper) {
            case 'O' -> '0';
            case 'I', 'L' -> '1';
            default -> upper;
        };
    }

    /// The secret for the installer's eyes: eight groups of four characters, joined by hyphens.
    public String text() {
        var text = new StringBuilder(characters);
        for (int at = CHARACTERS - GROUP; at > 0; at -= GROUP) {
            text.insert(at, '-');
        }
        return text.toString();
    }

    /// The SHA-256 digest of the 32 characters without hyphens in ASCII: 64 lower-case hexadecimal digits.
    public String sha256() {
        return HexFormat.of().formatHex(BouncyCastle.sha256().digest(characters.getBytes(StandardCharsets.US_ASCII)));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OneTimeToken token
                && MessageDigest.isEqual(
                        characters.getBytes(StandardCharsets.US_ASCII),
                        token.characters.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public int hashCode() {
        return characters.hashCode();
    }

    @Override
    public String toString() {
        return "OneTimeToken[hidden]";
    }
}
