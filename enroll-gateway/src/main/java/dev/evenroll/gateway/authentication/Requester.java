package dev.evenroll.gateway.authentication;

import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.Der;
import java.security.cert.X509Certificate;
import java.util.List;

/// An authenticated requester: it proved in the TLS handshake that it holds the key of its certificate, and the
/// certificate was found good.
///
/// Only [Authentication] makes one, so whoever holds a `Requester` need not ask again. It says who asks, not
/// what they may have: csr-validator decides that, from the certificates themselves.
public final class Requester {

    /// What kind of certificate spoke for the requester.
    public enum Credential {
        /// The manufacturer's certificate of the device (IDevID, IEEE 802.1AR).
        MANUFACTURER_CERTIFICATE,
        /// The device's own certificate, which our CA issued.
        OWN_CERTIFICATE
    }

    private final Credential credential;
    private final String authority;
    private final String subject;
    private final List<Der> chain;

    Requester(Credential credential, String authority, List<X509Certificate> chainLeafFirst) {
        this.credential = credential;
        this.authority = authority;
        this.subject = CertificateNames.subject(chainLeafFirst.getFirst());
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

    /// Subject of its certificate, printable, cut where it is too long.
    public String subject() {
        return subject;
    }

    /// Its certificate, DER: the requester's identity in the enrollment id.
    public Der certificate() {
        return chain.getFirst();
    }

    /// The certificates that it sent, DER, leaf first, as they came.
    public List<Der> chain() {
        return chain;
    }

    @Override
    public String toString() {
        return "Requester[" + subject + ", " + credential + " of " + authority + "]";
    }
}
