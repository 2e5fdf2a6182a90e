package dev.evenroll.pki.request.rule;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.RuleText;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.params.Ed448PublicKeyParameters;

/// The key is valid and written the one way its standard prescribes.
///
/// A key is claimed by the digest of its SubjectPublicKeyInfo, so one key must not have two of them: points
/// uncompressed (RFC 5480 section 2.2), RSA parameters NULL (RFC 3279 section 2.3.1), Edwards parameters
/// absent (RFC 8410 section 3), ML-DSA parameters too (RFC 9881 section 2). A point off its curve leaks
/// the peer's secrets (NIST SP 800-56A rev. 3 section 5.6.2.3).
public final class CanonicalEncoding implements KeyRule {
    private static final int UNCOMPRESSED = 0x04;
    private static final String NAME = "key-encoding";

    private static final RuleText COMPRESSED_POINT = new RuleText(
            NAME,
            "RFC 5480 section 2.2",
            "a compressed or hybrid point: a second name of the same key",
            "subjectPublicKey: the point must be uncompressed (RFC 5480 section 2.2)");
    private static final RuleText OFF_CURVE = new RuleText(
            NAME,
            "NIST SP 800-56A rev. 3 section 5.6.2.3; RFC 8032 sections 5.1.3 and 5.2.3",
            "a point that is not on its curve",
            "subjectPublicKey: is not a point of its curve; make a new key");
    private static final RuleText RSA_PARAMETERS = new RuleText(
            NAME,
            "RFC 3279 section 2.3.1",
            "an RSA key without the parameters NULL",
            "subjectPublicKeyInfo: the parameters of rsaEncryption must be NULL (RFC 3279 section 2.3.1)");
    private static final RuleText EDWARDS_PARAMETERS = new RuleText(
            NAME,
            "RFC 8410 section 3",
            "an Ed25519 or Ed448 key with parameters",
            "subjectPublicKeyInfo: Ed25519 and Ed448 have no parameters (RFC 8410 section 3)");
    private static final RuleText ML_DSA_PARAMETERS = new RuleText(
            NAME,
            "RFC 9881 section 2",
            "an ML-DSA key with parameters",
            "subjectPublicKeyInfo: ML-DSA has no parameters (RFC 9881 section 2)");
    private static final RuleText ML_DSA_LENGTH = new RuleText(
            NAME,
            "FIPS 204 table 2",
            "an ML-DSA key of another length than its parameter set has",
            "subjectPublicKey: has <actual> bytes where <algorithm> has <expected> (FIPS 204 table 2); make a new key");

    @Override
    public List<RuleText> texts() {
        return List.of(
                COMPRESSED_POINT, OFF_CURVE, RSA_PARAMETERS, EDWARDS_PARAMETERS, ML_DSA_PARAMETERS, ML_DSA_LENGTH);
    }

    @Override
    public Optional<Failure> problemWith(ExaminedKey examined) {
        return switch (examined.key()) {
            case SubjectKey.EllipticCurve curve -> problemWithPoint(curve);
            case SubjectKey.Edwards edwards -> problemWithEdwards(edwards);
            case SubjectKey.MlDsa mlDsa -> problemWithMlDsa(mlDsa);
            case SubjectKey.Rsa rsa when !rsa.hasNullParameters() -> Optional.of(RSA_PARAMETERS.failure());
            case SubjectKey.Rsa _, SubjectKey.Other _, SubjectKey.Unreadable _ -> Optional.empty();
        };
    }

    private static Optional<Failure> problemWithPoint(SubjectKey.EllipticCurve key) {
        if (!AcceptedAlgorithm.isAccepted(key.curve())) {
            return Optional.empty();
        }
        byte[] point = key.point().bytes();
        if (point.length == 0 || point[0] != UNCOMPRESSED) {
            return Optional.of(COMPRESSED_POINT.failure());
        }
        X9ECParameters curve = ECNamedCurveTable.getByOID(new ASN1ObjectIdentifier(key.curve()));
        try {
            curve.getCurve().decodePoint(point);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(OFF_CURVE.failure());
        }
    }

    private static Optional<Failure> problemWithEdwards(SubjectKey.Edwards key) {
        if (key.hasParameters()) {
            return Optional.of(EDWARDS_PARAMETERS.failure());
        }
        try {
            if (key.algorithm().equals(EdECObjectIdentifiers.id_Ed25519.getId())) {
                requireLength(key, Ed25519PublicKeyParameters.KEY_SIZE);
                var _ = new Ed25519PublicKeyParameters(key.point().bytes());
            } else {
                requireLength(key, Ed448PublicKeyParameters.KEY_SIZE);
                var _ = new Ed448PublicKeyParameters(key.point().bytes());
            }
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(OFF_CURVE.failure());
        }
    }

    private static void requireLength(SubjectKey.Edwards key, int length) {
        if (key.point().length() != length) {
            throw new IllegalArgumentException("wrong length");
        }
    }

    private static Optional<Failure> problemWithMlDsa(SubjectKey.MlDsa key) {
        if (key.hasParameters()) {
            return Optional.of(ML_DSA_PARAMETERS.failure());
        }
        MlDsaParameterSet set = key.parameterSet();
        return key.key().length() == set.publicKeyBytes()
                ? Optional.empty()
                : Optional.of(ML_DSA_LENGTH.failure(
                        String.valueOf(key.key().length()), set.toString(), String.valueOf(set.publicKeyBytes())));
    }
}
