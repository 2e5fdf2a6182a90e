package dev.evenroll.pki.request.rule;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.RuleText;
import java.util.List;
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

    private static final String NAME = "key-algorithm";
    private static final String SOURCE =
            "NIST SP 800-57 part 1 rev. 5 table 2; FIPS 186-5; RFC 8410; OCPP 2.0.1 A00.FR.502-506";
    private static final String INSTEAD =
            "; make a key on P-256, P-384 or P-521, an Ed25519 or Ed448 key, or RSA of 2048 to 4096 bits";

    private static final RuleText NO_KEY = new RuleText(
            NAME,
            "RFC 5280 section 4.1.2.7; X.690 section 10",
            "bytes that are no public key in DER",
            "<field and reason>");
    private static final RuleText ALGORITHM = new RuleText(
            NAME,
            SOURCE,
            "a key of another algorithm than RSA, ECDSA, Ed25519, Ed448 and ML-DSA",
            "subjectPublicKeyInfo: algorithm <algorithm> is not accepted" + INSTEAD);
    private static final RuleText CURVE = new RuleText(
            NAME,
            SOURCE,
            "a key on another curve than P-256, P-384 and P-521",
            "subjectPublicKeyInfo: curve <curve> is not accepted" + INSTEAD);
    private static final RuleText ML_DSA = new RuleText(
            NAME,
            "FIPS 204; RFC 9881 section 2",
            "an ML-DSA key where the profile does not allow it",
            "subjectPublicKeyInfo: <algorithm> is not allowed by the profile" + INSTEAD);

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
    public List<RuleText> texts() {
        return List.of(NO_KEY, ALGORITHM, CURVE, ML_DSA);
    }

    @Override
    public Optional<Failure> problemWith(ExaminedKey examined) {
        return switch (examined.key()) {
            case SubjectKey.Unreadable unreadable -> Optional.of(NO_KEY.failure(unreadable.reason()));
            case SubjectKey.Other other -> Optional.of(ALGORITHM.failure(nameOf(other.algorithm())));
            case SubjectKey.EllipticCurve curve
            when !isAccepted(curve.curve()) -> Optional.of(CURVE.failure(nameOf(curve.curve())));
            case SubjectKey.MlDsa key
            when !examined.mlDsaAccepted() ->
                Optional.of(ML_DSA.failure(key.parameterSet().toString()));
            case SubjectKey.EllipticCurve _, SubjectKey.Edwards _, SubjectKey.MlDsa _, SubjectKey.Rsa _ ->
                Optional.empty();
        };
    }

    static boolean isAccepted(String curve) {
        return curve.equals(P_256) || curve.equals(P_384) || curve.equals(P_521);
    }

    private static String nameOf(String identifier) {
        return REFUSED.getOrDefault(identifier, identifier);
    }
}
