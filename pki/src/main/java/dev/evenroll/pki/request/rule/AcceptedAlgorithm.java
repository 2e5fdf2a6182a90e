package dev.evenroll.pki.request.rule;

import java.util.Map;
import java.util.Optional;

/// The key is of an algorithm that protects for the life of a certificate, and that the readers of
/// certificates know.
///
/// Curves below 256 bits give less than 128 bits of security (NIST SP 800-57 part 1 rev. 5, table 2); OCPP
/// 2.0.1 A00.FR.502-506 would let 224 bits pass, no station in the field uses them.
public final class AcceptedAlgorithm implements KeyRule {
    static final String P_256 = "1.2.840.10045.3.1.7";
    static final String P_384 = "1.3.132.0.34";
    static final String P_521 = "1.3.132.0.35";

    private static final Map<String, String> REFUSED = Map.of(
            "1.3.132.0.33", "P-224",
            "1.2.840.10045.3.1.1", "P-192",
            "1.3.132.0.10", "secp256k1",
            "1.3.36.3.3.2.8.1.1.7", "brainpoolP256r1",
            "1.2.840.10040.4.1", "DSA",
            "1.2.840.113549.1.1.10", "RSASSA-PSS",
            "1.3.101.110", "X25519",
            "1.3.101.111", "X448");

    @Override
    public String name() {
        return "key-algorithm";
    }

    @Override
    public Optional<String> problemWith(SubjectKey key) {
        return switch (key) {
            case SubjectKey.Unreadable unreadable -> Optional.of(unreadable.reason());
            case SubjectKey.Other other -> Optional.of(refusal("algorithm", other.algorithm()));
            case SubjectKey.EllipticCurve curve
            when !isAccepted(curve.curve()) -> Optional.of(refusal("curve", curve.curve()));
            case SubjectKey.EllipticCurve _, SubjectKey.Edwards _, SubjectKey.Rsa _ -> Optional.empty();
        };
    }

    static boolean isAccepted(String curve) {
        return curve.equals(P_256) || curve.equals(P_384) || curve.equals(P_521);
    }

    private static String refusal(String kind, String identifier) {
        return "subjectPublicKeyInfo: " + kind + " " + REFUSED.getOrDefault(identifier, identifier)
                + " is not accepted; make a key on P-256, P-384 or P-521, an Ed25519 or Ed448 key, or RSA of 2048 to 4096 bits";
    }
}
