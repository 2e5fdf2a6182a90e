package dev.evenroll.gateway.authentication;

import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.identity.EnrollmentId;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/// A requester that proved in the TLS handshake that it holds the key of its certificate, which was found good.
///
/// Only [Authentication] makes one, so whoever holds one need not ask again.
public final class CertificateHolder implements Requester {

    /// What kind of certificate spoke for the requester.
    public enum Credential {
        /// The manufacturer's certificate of the device (IDevID, IEEE 802.1AR).
        MANUFACTURER_CERTIFICATE,
        /// The device's own certificate, which our CA issued.
        OWN_CERTIFICATE,
        /// The certificate of a registration authority (id-kp-cmcRA, RFC 6402 section 2.10), which speaks for devices.
        REGISTRATION_AUTHORITY
    }

    private final Credential credential;
    private final String authority;
    private final String subject;
    private final Optional<String> commonName;
    private final List<Der> chain;

    CertificateHolder(Credential credential, String authority, List<X509Certificate> chainLeafFirst) {
        this.credential = credential;
        this.authority = authority;
        this.subject = CertificateNames.subject(chainLeafFirst.getFirst());
        this.commonName = CertificateNames.commonName(chainLeafFirst.getFirst());
        this.chain = chainLeafFirst.stream().map(Certificates::der).toList();
    }

    /// What kind of certificate spoke for it.
    public Credential credential() {
        return credential;
    }

    /// Name of the trust anchor that its certificate leads to.
    public String authority() {
        return authority;
    }

    @Override
    public String subject() {
        return subject;
    }

    /// The common name of its certificate; empty unless there is exactly one that is text.
    public Optional<String> commonName() {
        return commonName;
    }

    /// Its certificate, DER: the requester's identity in the enrollment id.
    public Der certificate() {
        return chain.getFirst();
    }

    @Override
    public List<Der> chain() {
        return chain;
    }

    @Override
    public EnrollmentId enrollment(Der certificationRequest) {
        return EnrollmentId.of(certificate(), certificationRequest);
    }

    @Override
    public String toString() {
        return "CertificateHolder[" + subject + ", " + credential + " of " + authority + "]";
    }
}
