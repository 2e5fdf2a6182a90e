package dev.evenroll.pki.attestation;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.NoSuchProviderException;
import java.util.Arrays;
import java.util.Optional;

/// A digest of the TPM that proves something (NIST SP 800-131A rev. 2 section 9), by its TPM_ALG_ID. The constant is
/// called as the digest is in the JDK's names of signatures.
///
/// Source: TCG Algorithm Registry, table 3.
enum TpmHash {
    SHA256(0x000b, "SHA-256"),
    SHA384(0x000c, "SHA-384"),
    SHA512(0x000d, "SHA-512");

    private final int id;
    private final String digest;

    TpmHash(int id, String digest) {
        this.id = id;
        this.digest = digest;
    }

    /// Empty for every other algorithm, SHA-1 among them.
    static Optional<TpmHash> of(int id) {
        return Arrays.stream(values()).filter(hash -> hash.id == id).findFirst();
    }

    int id() {
        return id;
    }

    /// The name of the digest in the JDK, for example `SHA-256`.
    String digestName() {
        return digest;
    }

    byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance(digest, "SUN").digest(bytes);
        } catch (NoSuchAlgorithmException | NoSuchProviderException e) {
            throw new IllegalStateException(digest + " is missing from this JDK; run on a complete JDK 25", e);
        }
    }
}
