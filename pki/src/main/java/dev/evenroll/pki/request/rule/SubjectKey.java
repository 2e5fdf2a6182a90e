package dev.evenroll.pki.request.rule;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.asn1.StrictDer;
import java.math.BigInteger;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/// A public key taken apart so far that rules can look at it, without a provider touching it.
public sealed interface SubjectKey {
    /// What the bytes are called in messages.
    String FIELD = "subjectPublicKeyInfo";

    /// An RSA key (RFC 3279 section 2.3.1).
    ///
    /// @param hasNullParameters whether the algorithm's parameters are NULL, as they must be
    record Rsa(BigInteger modulus, BigInteger exponent, boolean hasNullParameters) implements SubjectKey {}

    /// A key on a named elliptic curve (RFC 5480).
    ///
    /// @param curve the object identifier of the curve
    /// @param point the public point as encoded (SEC 1 section 2.3.3)
    record EllipticCurve(String curve, Der point) implements SubjectKey {}

    /// An Ed25519 or Ed448 key (RFC 8410).
    ///
    /// @param hasParameters whether the algorithm has parameters, which it must not
    record Edwards(String algorithm, Der point, boolean hasParameters) implements SubjectKey {}

    /// An ML-DSA key (RFC 9881).
    ///
    /// @param key the public key as encoded (FIPS 204 algorithm 22)
    /// @param hasParameters whether the algorithm has parameters, which it must not
    record MlDsa(MlDsaParameterSet parameterSet, Der key, boolean hasParameters) implements SubjectKey {}

    /// A key of another algorithm.
    record Other(String algorithm) implements SubjectKey {}

    /// Bytes that are no key.
    record Unreadable(String reason) implements SubjectKey {}

    /// Takes a SubjectPublicKeyInfo apart.
    static SubjectKey read(Der subjectPublicKeyInfo, int maximumBytes) {
        try {
            var sequence = StrictDer.sequence(subjectPublicKeyInfo, FIELD, maximumBytes);
            return read(StrictDer.structure(
                    FIELD,
                    "is DER but not the structure of RFC 5280 section 4.1.2.7",
                    () -> SubjectPublicKeyInfo.getInstance(sequence)));
        } catch (MalformedException e) {
            return new Unreadable(String.valueOf(e.getMessage()));
        }
    }

    private static SubjectKey read(SubjectPublicKeyInfo info) throws MalformedException {
        AlgorithmIdentifier algorithm = info.getAlgorithm();
        ASN1ObjectIdentifier oid = algorithm.getAlgorithm();
        if (info.getPublicKeyData().getPadBits() != 0) {
            return new Unreadable("subjectPublicKey: is not whole octets; encode the key as its algorithm prescribes");
        }
        Der content = Der.of(info.getPublicKeyData().getOctets());
        if (oid.equals(PKCSObjectIdentifiers.rsaEncryption)) {
            return rsa(content, DERNull.INSTANCE.equals(algorithm.getParameters()));
        }
        if (oid.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
            return algorithm.getParameters() instanceof ASN1ObjectIdentifier curve
                    ? new EllipticCurve(curve.getId(), content)
                    : new Other("id-ecPublicKey with an unnamed curve");
        }
        if (oid.equals(EdECObjectIdentifiers.id_Ed25519) || oid.equals(EdECObjectIdentifiers.id_Ed448)) {
            return new Edwards(oid.getId(), content, algorithm.getParameters() != null);
        }
        return MlDsaParameterSet.named(oid.getId())
                .<SubjectKey>map(set -> new MlDsa(set, content, algorithm.getParameters() != null))
                .orElseGet(() -> new Other(oid.getId()));
    }

    private static SubjectKey rsa(Der content, boolean hasNullParameters) throws MalformedException {
        ASN1Sequence sequence = StrictDer.sequence(content, "subjectPublicKey", content.length());
        if (sequence.size() != 2
                || !(sequence.getObjectAt(0) instanceof ASN1Integer modulus)
                || !(sequence.getObjectAt(1) instanceof ASN1Integer exponent)) {
            return new Unreadable("subjectPublicKey: is not an RSA modulus and exponent (RFC 8017 appendix A.1.1)");
        }
        return new Rsa(modulus.getValue(), exponent.getValue(), hasNullParameters);
    }
}
