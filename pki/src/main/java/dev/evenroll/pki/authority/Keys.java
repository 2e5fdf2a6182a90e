package dev.evenroll.pki.authority;

import dev.evenroll.pki.BouncyCastle;
import dev.evenroll.pki.profile.KeyKind;
import dev.evenroll.pki.request.rule.MlDsaParameterSet;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;

/// Making key pairs in software.
public final class Keys {
    private Keys() {}

    /// A key of a kind; RSA of 2,048 bits.
    public static KeyPair generate(KeyKind kind) {
        return switch (kind) {
            case RSA -> generateRsa(2048);
            case P_256, P_384, P_521 -> generateEc(kind.text());
            case ED25519 -> generateEd25519();
            case ED448 -> generateEd448();
            case ML_DSA_44 -> generateMlDsa(MlDsaParameterSet.ML_DSA_44);
            case ML_DSA_65 -> generateMlDsa(MlDsaParameterSet.ML_DSA_65);
            case ML_DSA_87 -> generateMlDsa(MlDsaParameterSet.ML_DSA_87);
        };
    }

    public static KeyPair generateP256() {
        return generateEc("secp256r1");
    }

    /// A key on a named curve, for example `secp384r1`.
    ///
    /// By name, not by size: keys that Bouncy Castle makes by size verify five times slower.
    public static KeyPair generateEc(String curve) {
        try {
            KeyPairGenerator generator = BouncyCastle.keyPairGenerator("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "curve: " + curve + " is unknown; use secp256r1, secp384r1 or secp521r1", e);
        }
    }

    public static KeyPair generateEd25519() {
        try {
            return BouncyCastle.keyPairGenerator("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Bouncy Castle lacks Ed25519", e);
        }
    }

    public static KeyPair generateEd448() {
        try {
            return BouncyCastle.keyPairGenerator("Ed448").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Bouncy Castle lacks Ed448", e);
        }
    }

    public static KeyPair generateMlDsa(MlDsaParameterSet parameterSet) {
        try {
            return BouncyCastle.keyPairGenerator(parameterSet.toString()).generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Bouncy Castle lacks " + parameterSet, e);
        }
    }

    /// An RSA key with the exponent 65537.
    public static KeyPair generateRsa(int bits) {
        try {
            KeyPairGenerator generator = BouncyCastle.keyPairGenerator("RSA");
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK lacks RSA; run on a complete JDK 25", e);
        }
    }
}
