package dev.evenroll.pki.asn1;

import dev.evenroll.pki.BouncyCastle;
import java.util.Arrays;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/// Key identifiers: the leftmost 160 bits of the SHA-256 digest of the public key's BIT STRING (RFC 7093
/// section 2, method 1).
public final class KeyIdentifiers {
    private static final int LENGTH_BYTES = 20;

    private KeyIdentifiers() {}

    /// The identifier of a key: 20 bytes.
    public static byte[] of(SubjectPublicKeyInfo key) {
        return Arrays.copyOf(BouncyCastle.sha256().digest(key.getPublicKeyData().getBytes()), LENGTH_BYTES);
    }
}
