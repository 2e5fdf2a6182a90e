package dev.evenroll.hsm.pkcs11;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.evenroll.pki.issuance.SignatureScheme;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/// How a token is asked for a signature of a scheme. Where the scheme has a digest it is made here, so that a token
/// gets
/// 64 bytes at most.
enum Mechanism {
    ECDSA_SHA256(KeyType.EC, "CKM_ECDSA", 0x1041, "SHA-256", 32),
    ECDSA_SHA384(KeyType.EC, "CKM_ECDSA", 0x1041, "SHA-384", 48),
    ECDSA_SHA512(KeyType.EC, "CKM_ECDSA", 0x1041, "SHA-512", 66),
    RSA_PSS_SHA256(KeyType.RSA, "CKM_RSA_PKCS_PSS", 0x0D, "SHA-256", 0),
    ED25519(KeyType.EC_EDWARDS, "CKM_EDDSA", 0x1057, "", 0);

    private static final long CKM_SHA256 = 0x250;
    private static final long CKG_MGF1_SHA256 = 0x02;
    private static final long PSS_SALT_BYTES = 32;

    /// CKK_ and so on: the kind of key that it takes.
    private enum KeyType {
        RSA(0x00),
        EC(0x03),
        EC_EDWARDS(0x40);

        private final long code;

        KeyType(long code) {
            this.code = code;
        }
    }

    private final KeyType keyType;
    private final String standardName;
    private final long type;
    private final String digest;
    private final int orderBytes;

    /// @param digest empty when the token gets all bytes
    /// @param orderBytes length of r and of s; 0 when the signature is none of ECDSA
    Mechanism(KeyType keyType, String standardName, long type, String digest, int orderBytes) {
        this.keyType = keyType;
        this.standardName = standardName;
        this.type = type;
        this.digest = digest;
        this.orderBytes = orderBytes;
    }

    /// The mechanism of a scheme; empty for one that is not offered through PKCS#11.
    static Optional<Mechanism> of(SignatureScheme scheme) {
        return switch (scheme) {
            case ECDSA_SHA256 -> Optional.of(ECDSA_SHA256);
            case ECDSA_SHA384 -> Optional.of(ECDSA_SHA384);
            case ECDSA_SHA512 -> Optional.of(ECDSA_SHA512);
            case RSA_PSS_SHA256 -> Optional.of(RSA_PSS_SHA256);
            case ED25519 -> Optional.of(ED25519);
            // Tokens do not agree on the parameters of CKM_EDDSA for it, and we had none to try.
            case ED448 -> Optional.empty();
            // PKCS#11 v3.2 has it; tokens in the field do not.
            case ML_DSA_44, ML_DSA_65, ML_DSA_87 -> Optional.empty();
        };
    }

    /// CKM_ and so on.
    String standardName() {
        return standardName;
    }

    /// Whether it goes with a key of a kind.
    ///
    /// @param type CKA_KEY_TYPE of the key
    boolean takes(long type) {
        return keyType.code == type;
    }

    /// What the token signs.
    byte[] input(byte[] bytes) {
        if (digest.isEmpty()) {
            return bytes;
        }
        try {
            return MessageDigest.getInstance(digest).digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + digest, e);
        }
    }

    /// A CK_MECHANISM.
    MemorySegment write(Arena arena) {
        var parameter = this == RSA_PSS_SHA256
                ? arena.allocateFrom(JAVA_LONG, CKM_SHA256, CKG_MGF1_SHA256, PSS_SALT_BYTES)
                : MemorySegment.NULL;
        return arena.allocateFrom(JAVA_LONG, type, parameter.address(), parameter.byteSize());
    }

    /// The signature as it stands in a certificate.
    ///
    /// @throws IllegalArgumentException when the token's answer is none
    byte[] signature(byte[] answer) {
        return orderBytes == 0 ? answer : EcdsaSignature.der(answer, orderBytes);
    }
}
