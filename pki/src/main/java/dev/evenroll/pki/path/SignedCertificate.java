package dev.evenroll.pki.path;

import dev.evenroll.pki.signature.CertificateSignature;
import dev.evenroll.pki.signature.SignatureAlgorithm;
import dev.evenroll.pki.signature.VerificationKey;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.NoSuchProviderException;
import java.security.Principal;
import java.security.PublicKey;
import java.security.SignatureException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/// A certificate of the JDK whose signature is verified by [VerificationKey], and once for a key.
///
/// The PKIX algorithm of the JDK verifies signatures with an installed provider only, and with the JDK's own an ECDSA
/// signature takes nine times as long. Everything but `verify` is the certificate's own.
final class SignedCertificate extends X509Certificate {
    /// By object identifier; what is not here the JDK verifies.
    private static final Map<String, SignatureAlgorithm> ALGORITHMS = Map.of(
            "1.2.840.10045.4.3.2", SignatureAlgorithm.named("SHA256withECDSA"),
            "1.2.840.10045.4.3.3", SignatureAlgorithm.named("SHA384withECDSA"),
            "1.2.840.10045.4.3.4", SignatureAlgorithm.named("SHA512withECDSA"),
            "1.3.101.112", SignatureAlgorithm.named("Ed25519"),
            "1.2.840.113549.1.1.11", SignatureAlgorithm.named("SHA256withRSA"),
            "1.2.840.113549.1.1.12", SignatureAlgorithm.named("SHA384withRSA"),
            "1.2.840.113549.1.1.13", SignatureAlgorithm.named("SHA512withRSA"));

    private final X509Certificate certificate;
    private @Nullable PublicKey proven;

    SignedCertificate(X509Certificate certificate) {
        this.certificate = certificate;
    }

    /// The same certificate, as it came.
    X509Certificate original() {
        return certificate;
    }

    @Override
    public void verify(PublicKey key)
            throws CertificateException, NoSuchAlgorithmException, InvalidKeyException, NoSuchProviderException,
                    SignatureException {
        if (key.equals(proven)) {
            return;
        }
        SignatureAlgorithm algorithm = ALGORITHMS.get(certificate.getSigAlgOID());
        if (algorithm == null) {
            CertificateSignature.verify(certificate, key);
        } else if (!verifies(algorithm, key)) {
            throw new SignatureException("the signature does not verify");
        }
        proven = key;
    }

    private boolean verifies(SignatureAlgorithm algorithm, PublicKey key)
            throws CertificateEncodingException, SignatureException {
        try {
            return VerificationKey.of(key)
                    .verifies(algorithm, certificate.getTBSCertificate(), certificate.getSignature());
        } catch (CertificateEncodingException | SignatureException e) {
            throw e;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new SignatureException("the signature can not be verified with the key of the issuer", e);
        }
    }

    @Override
    public void verify(PublicKey key, @Nullable String provider)
            throws CertificateException, NoSuchAlgorithmException, InvalidKeyException, NoSuchProviderException,
                    SignatureException {
        if (provider == null) {
            // PKIX calls this one, when its parameters name no provider.
            verify(key);
        } else {
            CertificateSignature.verify(certificate, key, provider);
        }
    }

    @Override
    public void checkValidity() throws CertificateExpiredException, CertificateNotYetValidException {
        certificate.checkValidity();
    }

    @Override
    public void checkValidity(Date date) throws CertificateExpiredException, CertificateNotYetValidException {
        certificate.checkValidity(date);
    }

    @Override
    public int getVersion() {
        return certificate.getVersion();
    }

    @Override
    public BigInteger getSerialNumber() {
        return certificate.getSerialNumber();
    }

    @Override
    @Deprecated
    @SuppressWarnings("deprecation") // an abstract method of X509Certificate
    public Principal getIssuerDN() {
        return certificate.getIssuerDN();
    }

    @Override
    public X500Principal getIssuerX500Principal() {
        return certificate.getIssuerX500Principal();
    }

    @Override
    @Deprecated
    @SuppressWarnings("deprecation") // an abstract method of X509Certificate
    public Principal getSubjectDN() {
        return certificate.getSubjectDN();
    }

    @Override
    public X500Principal getSubjectX500Principal() {
        return certificate.getSubjectX500Principal();
    }

    @Override
    public Date getNotBefore() {
        return certificate.getNotBefore();
    }

    @Override
    public Date getNotAfter() {
        return certificate.getNotAfter();
    }

    @Override
    public byte[] getTBSCertificate() throws CertificateEncodingException {
        return certificate.getTBSCertificate();
    }

    @Override
    public byte[] getSignature() {
        return certificate.getSignature();
    }

    @Override
    public String getSigAlgName() {
        return certificate.getSigAlgName();
    }

    @Override
    public String getSigAlgOID() {
        return certificate.getSigAlgOID();
    }

    @Override
    public byte @Nullable [] getSigAlgParams() {
        return certificate.getSigAlgParams();
    }

    @Override
    public boolean @Nullable [] getIssuerUniqueID() {
        return certificate.getIssuerUniqueID();
    }

    @Override
    public boolean @Nullable [] getSubjectUniqueID() {
        return certificate.getSubjectUniqueID();
    }

    @Override
    public boolean @Nullable [] getKeyUsage() {
        return certificate.getKeyUsage();
    }

    @Override
    public @Nullable List<String> getExtendedKeyUsage() throws CertificateParsingException {
        return certificate.getExtendedKeyUsage();
    }

    @Override
    public int getBasicConstraints() {
        return certificate.getBasicConstraints();
    }

    @Override
    public @Nullable Collection<List<?>> getSubjectAlternativeNames() throws CertificateParsingException {
        return certificate.getSubjectAlternativeNames();
    }

    @Override
    public @Nullable Collection<List<?>> getIssuerAlternativeNames() throws CertificateParsingException {
        return certificate.getIssuerAlternativeNames();
    }

    @Override
    public byte[] getEncoded() throws CertificateEncodingException {
        return certificate.getEncoded();
    }

    @Override
    public PublicKey getPublicKey() {
        return certificate.getPublicKey();
    }

    @Override
    public boolean hasUnsupportedCriticalExtension() {
        return certificate.hasUnsupportedCriticalExtension();
    }

    @Override
    public @Nullable Set<String> getCriticalExtensionOIDs() {
        return certificate.getCriticalExtensionOIDs();
    }

    @Override
    public @Nullable Set<String> getNonCriticalExtensionOIDs() {
        return certificate.getNonCriticalExtensionOIDs();
    }

    @Override
    public byte @Nullable [] getExtensionValue(String oid) {
        return certificate.getExtensionValue(oid);
    }

    @Override
    public String toString() {
        return certificate.toString();
    }
}
