package dev.evenroll.pki.request.rule;

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
/// absent (RFC 8410 section 3). A point off its curve leaks the peer's secrets (NIST SP 800-56A rev. 3
/// section 5.6.2.3).
public final class CanonicalEncoding implements KeyRule {
    private static final int UNCOMPRESSED = 0x04;

    @Override
    public String name() {
        return "key-encoding";
    }

    @Override
    public Optional<String> problemWith(SubjectKey key) {
        return switch (key) {
            case SubjectKey.EllipticCurve curve -> problemWithPoint(curve);
            case SubjectKey.Edwards edwards -> problemWithEdwards(edwards);
            case SubjectKey.Rsa rsa
            when !rsa.hasNullParameters() ->
                Optional.of(
                        "subjectPublicKeyInfo: the parameters of rsaEncryption must be NULL (RFC 3279 section 2.3.1)");
            case SubjectKey.Rsa _, SubjectKey.Other _, SubjectKey.Unreadable _ -> Optional.empty();
        };
    }

    private static Optional<String> problemWithPoint(SubjectKey.EllipticCurve key) {
        if (!AcceptedAlgorithm.isAccepted(key.curve())) {
            return Optional.empty();
        }
        byte[] point = key.point().bytes();
        if (point.length == 0 || point[0] != UNCOMPRESSED) {
            return Optional.of("subjectPublicKey: the point must be uncompressed (RFC 5480 section 2.2)");
        }
        X9ECParameters curve = ECNamedCurveTable.getByOID(new ASN1ObjectIdentifier(key.curve()));
        try {
            curve.getCurve().decodePoint(point);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of("subjectPublicKey: is not a point of its curve; make a new key");
        }
    }

    private static Optional<String> problemWithEdwards(SubjectKey.Edwards key) {
        if (key.hasParameters()) {
            return Optional.of("subjectPublicKeyInfo: Ed25519 and Ed448 have no parameters (RFC 8410 section 3)");
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
            return Optional.of("subjectPublicKey: is not a point of its curve; make a new key");
        }
    }

    private static void requireLength(SubjectKey.Edwards key, int length) {
        if (key.point().length() != length) {
            throw new IllegalArgumentException("wrong length");
        }
    }
}
