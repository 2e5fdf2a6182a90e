package dev.evenroll.hsm.key;

import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.issuance.SignatureScheme;
import dev.evenroll.pki.request.rule.MlDsaParameterSet;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.interfaces.RSAKey;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// The kinds of keys that are made for a CA.
public enum KeyType {
    P_256(true),
    P_384(true),
    RSA_3072(true),
    RSA_4096(true),
    ED25519(true),
    ML_DSA_44(false),
    ML_DSA_65(false),
    ML_DSA_87(false);

    private final boolean inTokens;

    KeyType(boolean inTokens) {
        this.inTokens = inTokens;
    }

    /// Reads `P-256`.
    ///
    /// @throws IllegalArgumentException when it is none
    public static KeyType read(String text) {
        return Arrays.stream(values())
                .filter(type -> type.toString().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is no type of key; those are "
                        + Arrays.stream(values()).map(KeyType::toString).collect(Collectors.joining(", "))));
    }

    /// The type of a key; empty for one that is not made here.
    public static Optional<KeyType> of(PublicKey key) {
        return switch (SignatureScheme.of(key)) {
            case ECDSA_SHA256 -> Optional.of(P_256);
            case ECDSA_SHA384 -> Optional.of(P_384);
            case ECDSA_SHA512, ED448 -> Optional.empty();
            case RSA_PSS_SHA256 ->
                key instanceof RSAKey rsa && rsa.getModulus().bitLength() > 3072
                        ? Optional.of(RSA_4096)
                        : Optional.of(RSA_3072);
            case ED25519 -> Optional.of(ED25519);
            case ML_DSA_44 -> Optional.of(ML_DSA_44);
            case ML_DSA_65 -> Optional.of(ML_DSA_65);
            case ML_DSA_87 -> Optional.of(ML_DSA_87);
        };
    }

    /// Whether it is offered in a token too.
    public boolean isOfferedInTokens() {
        return inTokens;
    }

    /// Whether few programs can verify its signatures yet.
    public boolean isExperimental() {
        return this == ML_DSA_44 || this == ML_DSA_65 || this == ML_DSA_87;
    }

    /// A new key pair in memory.
    public KeyPair generate() {
        return switch (this) {
            case P_256 -> Keys.generateP256();
            case P_384 -> Keys.generateEc("secp384r1");
            case RSA_3072 -> Keys.generateRsa(3072);
            case RSA_4096 -> Keys.generateRsa(4096);
            case ED25519 -> Keys.generateEd25519();
            case ML_DSA_44 -> Keys.generateMlDsa(MlDsaParameterSet.ML_DSA_44);
            case ML_DSA_65 -> Keys.generateMlDsa(MlDsaParameterSet.ML_DSA_65);
            case ML_DSA_87 -> Keys.generateMlDsa(MlDsaParameterSet.ML_DSA_87);
        };
    }

    /// As people write it: `P-256`, `RSA-3072`, `Ed25519`, `ML-DSA-65`.
    @Override
    public String toString() {
        return this == ED25519 ? "Ed25519" : name().toUpperCase(Locale.ROOT).replace('_', '-');
    }
}
