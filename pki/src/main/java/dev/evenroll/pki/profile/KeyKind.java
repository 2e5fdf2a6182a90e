package dev.evenroll.pki.profile;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.asn1.StrictDer;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/// An algorithm, with its curve or parameter set, that keys can be of.
public enum KeyKind {
    /// RSA of 2,048 to 4,096 bits.
    RSA("rsa", "1.2.840.113549.1.1.1"),
    P_256("secp256r1", "1.2.840.10045.3.1.7"),
    P_384("secp384r1", "1.3.132.0.34"),
    P_521("secp521r1", "1.3.132.0.35"),
    ED25519("ed25519", "1.3.101.112"),
    ED448("ed448", "1.3.101.113"),
    ML_DSA_44("ml-dsa-44", "2.16.840.1.101.3.4.3.17"),
    ML_DSA_65("ml-dsa-65", "2.16.840.1.101.3.4.3.18"),
    ML_DSA_87("ml-dsa-87", "2.16.840.1.101.3.4.3.19");

    private final String text;
    private final String oid;

    KeyKind(String text, String oid) {
        this.text = text;
        this.oid = oid;
    }

    /// As it stands in a file of profiles; of a curve, its name in SEC 2.
    public String text() {
        return text;
    }

    /// Whether the readers of certificates do not know it yet (RFC 9881): only a profile that says so has it.
    public boolean isExperimental() {
        return isMlDsa();
    }

    /// Whether it is one of RFC 9881.
    public boolean isMlDsa() {
        return text.startsWith("ml-dsa-");
    }

    /// The kind of a key; empty when it is none of these, or no key.
    ///
    /// @param subjectPublicKeyInfo DER, RFC 5280 section 4.1.2.7
    public static Optional<KeyKind> of(Der subjectPublicKeyInfo) {
        try {
            return StrictDer.structure(
                    "subjectPublicKeyInfo",
                    "is no key",
                    () -> of(SubjectPublicKeyInfo.getInstance(subjectPublicKeyInfo.bytes())));
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    /// The kind of a key; empty when it is none of these.
    public static Optional<KeyKind> of(SubjectPublicKeyInfo key) {
        AlgorithmIdentifier algorithm = key.getAlgorithm();
        boolean onCurve = algorithm.getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey);
        String identifier = onCurve && algorithm.getParameters() instanceof ASN1ObjectIdentifier curve
                ? curve.getId()
                : algorithm.getAlgorithm().getId();
        return Arrays.stream(values())
                .filter(kind -> kind.oid.equals(identifier))
                .findFirst();
    }

    static Optional<KeyKind> named(String text) {
        return Arrays.stream(values()).filter(kind -> kind.text.equals(text)).findFirst();
    }
}
