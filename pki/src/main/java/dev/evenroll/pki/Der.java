package dev.evenroll.pki;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/// The DER encoding of one thing, immutable.
///
/// Two are equal when their bytes are. [#toString] tells length and fingerprint, never the content, so that
/// an instance may stand in a log line.
public final class Der {
    private final byte[] bytes;

    private Der(byte[] bytes) {
        this.bytes = bytes;
    }

    /// Wraps a copy of the bytes. They are not checked: whoever decodes them does that.
    public static Der of(byte[] bytes) {
        return new Der(bytes.clone());
    }

    /// A copy of the bytes.
    public byte[] bytes() {
        return bytes.clone();
    }

    /// The length in bytes.
    public int length() {
        return bytes.length;
    }

    /// The bytes in Base64 on one line (RFC 4648 section 4).
    public String base64() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /// The SHA-256 digest of the bytes: 32 bytes.
    public byte[] sha256() {
        return BouncyCastle.sha256().digest(bytes);
    }

    /// The SHA-256 digest of the bytes: 64 lower-case hexadecimal digits.
    public String sha256Hex() {
        return HexFormat.of().formatHex(sha256());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Der der && Arrays.equals(bytes, der.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "Der[" + bytes.length + " bytes, sha256=" + sha256Hex().substring(0, 8) + "…]";
    }
}
