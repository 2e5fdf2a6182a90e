package dev.evenroll.pki.issuance;

import dev.evenroll.pki.BouncyCastle;
import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.asn1.StrictDer;
import dev.evenroll.pki.signature.CertificateSignature;
import dev.evenroll.pki.signature.VerificationKey;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.Extension;

/// The certificate of a CA that issues, with the chain above it; checked: the chain holds together, its path
/// lengths allow it, and the CA may sign certificates and revocation lists.
public final class IssuingCertificate {
    private static final int KEY_CERT_SIGN = 5;
    private static final int CRL_SIGN = 6;

    private final List<X509Certificate> chain;
    private final X500Name subject;
    private final Instant notAfter;
    private final byte[] keyId;
    private final SignatureScheme scheme;
    private final VerificationKey verificationKey;

    private IssuingCertificate(List<X509Certificate> chain) throws GeneralSecurityException {
        this.chain = List.copyOf(chain);
        this.subject = Certificate.getInstance(certificate().getEncoded()).getSubject();
        this.notAfter = chain.stream()
                .map(link -> link.getNotAfter().toInstant())
                .min(Comparator.naturalOrder())
                .orElseThrow();
        this.keyId = keyId(certificate());
        this.scheme = SignatureScheme.of(certificate().getPublicKey());
        this.verificationKey = VerificationKey.of(certificate().getPublicKey());
    }

    /// Checks a chain.
    ///
    /// @param chainLeafFirst the issuing CA first, each signed by the next, the root last
    /// @throws IllegalArgumentException when something does not hold, with what
    public static IssuingCertificate of(List<X509Certificate> chainLeafFirst) {
        if (chainLeafFirst.isEmpty()) {
            throw new IllegalArgumentException(
                    "CA chain: is empty; give the certificate of the issuing CA first, its root last");
        }
        chainLeafFirst.forEach(IssuingCertificate::requireCa);
        for (int i = 0; i < chainLeafFirst.size(); i++) {
            requireSignedBy(chainLeafFirst.get(i), chainLeafFirst.get(Math.min(i + 1, chainLeafFirst.size() - 1)));
        }
        requirePathLengths(chainLeafFirst);
        try {
            return new IssuingCertificate(chainLeafFirst);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("CA chain: can not be read", e);
        }
    }

    private static void requireCa(X509Certificate certificate) {
        boolean[] usage = certificate.getKeyUsage();
        if (certificate.getBasicConstraints() < 0) {
            throw new IllegalArgumentException(named(certificate) + " is not a CA certificate (basicConstraints)");
        }
        if (usage == null || !usage[KEY_CERT_SIGN] || !usage[CRL_SIGN]) {
            throw new IllegalArgumentException(
                    named(certificate) + " must have the key usages keyCertSign and cRLSign");
        }
    }

    private static void requireSignedBy(X509Certificate certificate, X509Certificate issuer) {
        if (!certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
            throw new IllegalArgumentException(named(certificate) + " is not issued by " + named(issuer)
                    + "; give each certificate's issuer after it, up to the root");
        }
        try {
            Certificate decoded = Certificate.getInstance(certificate.getEncoded());
            SignatureScheme scheme = SignatureScheme.of(issuer.getPublicKey());
            Der tbs = Der.of(certificate.getTBSCertificate());
            if (decoded.getSignatureAlgorithm().equals(scheme.algorithmIdentifier())) {
                if (!scheme.verifies(issuer.getPublicKey(), tbs, certificate.getSignature())) {
                    throw new GeneralSecurityException("does not verify");
                }
            } else {
                // Above the issuing CA others may have signed, with whatever their key allows.
                CertificateSignature.verify(certificate, BouncyCastle.translate(issuer.getPublicKey()));
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    named(certificate) + " is not signed with the key of " + named(issuer)
                            + "; give the matching chain",
                    e);
        }
    }

    /// RFC 5280 section 4.2.1.9: certificates of a CA for its own next key do not count.
    private static void requirePathLengths(List<X509Certificate> chainLeafFirst) {
        int below = 0;
        for (X509Certificate certificate : chainLeafFirst) {
            if (certificate.getBasicConstraints() < below) {
                throw new IllegalArgumentException(named(certificate) + " allows "
                        + certificate.getBasicConstraints() + " CAs below it, and there are " + below
                        + " (pathLenConstraint); have the issuing CA certified higher up");
            }
            if (!certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal())) {
                below++;
            }
        }
    }

    private static String named(X509Certificate certificate) {
        return "CA chain: " + Certificates.subject(certificate);
    }

    private static byte[] keyId(X509Certificate certificate) {
        byte[] extension = certificate.getExtensionValue(Extension.subjectKeyIdentifier.getId());
        if (extension == null) {
            throw new IllegalArgumentException(
                    named(certificate) + " has no subjectKeyIdentifier (RFC 5280 section 4.2.1.2)");
        }
        return ASN1OctetString.getInstance(
                        ASN1OctetString.getInstance(extension).getOctets())
                .getOctets();
    }

    /// The certificate of the issuing CA.
    public X509Certificate certificate() {
        return chain.getFirst();
    }

    /// The issuing CA's certificate first, the root last.
    public List<X509Certificate> chain() {
        return chain;
    }

    public PublicKey publicKey() {
        return certificate().getPublicKey();
    }

    /// The algorithm that this CA signs with.
    public SignatureScheme scheme() {
        return scheme;
    }

    /// Whether this CA's key signed the bytes, in its own scheme.
    public boolean verifies(Der signed, byte[] signature) {
        return scheme.verifies(verificationKey, signed, signature);
    }

    /// The subjectKeyIdentifier in lower-case hexadecimal digits: the CA's name in a certificate id.
    public String keyId() {
        return HexFormat.of().formatHex(keyId);
    }

    /// The subjectKeyIdentifier.
    public byte[] keyIdBytes() {
        return keyId.clone();
    }

    /// The name of the CA, DER, to the byte.
    public Der subjectDer() {
        return Der.of(StrictDer.encode(subject));
    }

    /// The name of the CA.
    public X500Name subject() {
        return subject;
    }

    /// The beginning of the CA's own certificate.
    public Instant notBefore() {
        return certificate().getNotBefore().toInstant();
    }

    /// The end of the chain, that of its first certificate to end: nothing below can be verified for longer.
    public Instant notAfter() {
        return notAfter;
    }

    /// The end of the CA's own certificate. A root that was renewed may carry it beyond the end of this chain.
    public Instant certificateNotAfter() {
        return certificate().getNotAfter().toInstant();
    }

    @Override
    public String toString() {
        return "IssuingCertificate[" + Certificates.subject(certificate()) + ", keyId=" + keyId() + "]";
    }
}
