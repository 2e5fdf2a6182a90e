package dev.evenroll.pki.issuance;

import dev.evenroll.pki.BouncyCastle;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.signature.SignatureAlgorithm;
import dev.evenroll.pki.signature.VerificationKey;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/// How a CA signs: the one algorithm that goes with its key (OCPP 2.0.1 A00.FR.502-506).
///
/// The key decides, nobody else: a curve is paired with the digest of its own strength, RSA with PSS.
public enum SignatureScheme {
    ECDSA_SHA256("SHA256withECDSA"),
    ECDSA_SHA384("SHA384withECDSA"),
    ECDSA_SHA512("SHA512withECDSA"),
    RSA_PSS_SHA256("RSASSA-PSS"),
    ED25519("Ed25519"),
    ED448("Ed448"),
    /// Experimental: a CA with a key in software (RFC 9881). Few devices understand it yet.
    ML_DSA_44("ML-DSA-44"),
    ML_DSA_65("ML-DSA-65"),
    ML_DSA_87("ML-DSA-87");

    private static final int PSS_SALT_BYTES = 32;
    private static final PSSParameterSpec PSS_PARAMETERS = new PSSParameterSpec(
            "SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSS_SALT_BYTES, PSSParameterSpec.TRAILER_FIELD_BC);

    private final String jcaName;

    SignatureScheme(String jcaName) {
        this.jcaName = jcaName;
    }

    /// The scheme of a CA's key.
    ///
    /// @throws IllegalArgumentException for a key that no scheme is made for
    public static SignatureScheme of(PublicKey key) {
        AlgorithmIdentifier algorithm =
                SubjectPublicKeyInfo.getInstance(key.getEncoded()).getAlgorithm();
        ASN1ObjectIdentifier oid = algorithm.getAlgorithm();
        if (oid.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
            if (X9ObjectIdentifiers.prime256v1.equals(algorithm.getParameters())) {
                return ECDSA_SHA256;
            }
            if (SECObjectIdentifiers.secp384r1.equals(algorithm.getParameters())) {
                return ECDSA_SHA384;
            }
            if (SECObjectIdentifiers.secp521r1.equals(algorithm.getParameters())) {
                return ECDSA_SHA512;
            }
        } else if (oid.equals(PKCSObjectIdentifiers.rsaEncryption)) {
            return RSA_PSS_SHA256;
        } else if (oid.equals(EdECObjectIdentifiers.id_Ed25519)) {
            return ED25519;
        } else if (oid.equals(EdECObjectIdentifiers.id_Ed448)) {
            return ED448;
        } else if (oid.equals(NISTObjectIdentifiers.id_ml_dsa_44)) {
            return ML_DSA_44;
        } else if (oid.equals(NISTObjectIdentifiers.id_ml_dsa_65)) {
            return ML_DSA_65;
        } else if (oid.equals(NISTObjectIdentifiers.id_ml_dsa_87)) {
            return ML_DSA_87;
        }
        throw new IllegalArgumentException(
                "CA key: its algorithm " + oid.getId()
                        + " or its curve is not supported; use P-256, P-384, P-521, RSA, Ed25519, Ed448 or, experimental, ML-DSA");
    }

    /// The name that `Signature.getInstance` takes. For `RSASSA-PSS` parameters belong to it: [#newSignature]
    /// sets them.
    public String jcaName() {
        return jcaName;
    }

    /// The algorithm as certificates and revocation lists name it.
    public AlgorithmIdentifier algorithmIdentifier() {
        return switch (this) {
            case ECDSA_SHA256 -> new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
            case ECDSA_SHA384 -> new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA384);
            case ECDSA_SHA512 -> new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA512);
            case ED25519 -> new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519);
            case ED448 -> new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed448);
            case RSA_PSS_SHA256 -> pssSha256();
            // Without parameters (RFC 9881 section 2).
            case ML_DSA_44 -> new AlgorithmIdentifier(NISTObjectIdentifiers.id_ml_dsa_44);
            case ML_DSA_65 -> new AlgorithmIdentifier(NISTObjectIdentifiers.id_ml_dsa_65);
            case ML_DSA_87 -> new AlgorithmIdentifier(NISTObjectIdentifiers.id_ml_dsa_87);
        };
    }

    private static AlgorithmIdentifier pssSha256() {
        var sha256 = new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256, DERNull.INSTANCE);
        var mask = new AlgorithmIdentifier(PKCSObjectIdentifiers.id_mgf1, sha256);
        return new AlgorithmIdentifier(
                PKCSObjectIdentifiers.id_RSASSA_PSS,
                new RSASSAPSSparams(
                        sha256, mask, new ASN1Integer(PSS_SALT_BYTES), RSASSAPSSparams.DEFAULT_TRAILER_FIELD));
    }

    /// A signature in Java, with its parameters set and not yet initialised. A key that signs more than once does it
    /// faster as a [dev.evenroll.pki.signature.SigningKey].
    public Signature newSignature() throws GeneralSecurityException {
        Signature signature = BouncyCastle.signature(jcaName);
        if (this == RSA_PSS_SHA256) {
            signature.setParameter(PSS_PARAMETERS);
        }
        return signature;
    }

    /// The same, as keys in software take it.
    public SignatureAlgorithm algorithm() {
        return this == RSA_PSS_SHA256 ? SignatureAlgorithm.pss(PSS_PARAMETERS) : SignatureAlgorithm.named(jcaName);
    }

    /// Whether a signature was made over the bytes with the private key that belongs to a public one. A
    /// signature that does not even decode was not.
    public boolean verifies(PublicKey key, Der signed, byte[] signature) {
        try {
            return verifies(VerificationKey.of(key), signed, signature);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    /// The same, for a key that verifies more than once.
    public boolean verifies(VerificationKey key, Der signed, byte[] signature) {
        try {
            return key.verifies(algorithm(), signed.bytes(), signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
