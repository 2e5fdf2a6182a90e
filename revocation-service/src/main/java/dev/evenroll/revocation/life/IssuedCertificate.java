package dev.evenroll.revocation.life;

import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.identity.CertificateId;
import java.security.cert.X509Certificate;
import java.time.Instant;

/// A certificate that the CA has signed, with what the issuer said of it.
///
/// @param id issuer key id and serial number
/// @param deviceId serial number of the device: the CN
/// @param enrollmentId the enrollment that it came from
/// @param profile name of the certificate profile; empty when an earlier version entered it
/// @param notBefore start of validity, whole seconds
/// @param notAfter end of validity, whole seconds
/// @param der the certificate, DER (RFC 5280 section 4.1)
public record IssuedCertificate(
        CertificateId id,
        String deviceId,
        String enrollmentId,
        String profile,
        Instant notBefore,
        Instant notAfter,
        Der der) {

    /// Makes sure that the certificate is the one that the other fields speak of: otherwise somebody could
    /// have one certificate revoked under the name of another.
    ///
    /// The signature is not verified: only the issuer can write the topic that this comes from, and it
    /// verifies each signature before.
    ///
    /// @throws MalformedException when a field says something else than the certificate, with which
    public void requireConsistent() throws MalformedException {
        var certificate = Certificates.decode(der);
        var named = CertificateId.find(certificate);
        if (named.isEmpty() || !named.get().equals(id)) {
            throw new MalformedException(
                    "certificateId",
                    "is " + id + ", but the certificate is "
                            + named.map(CertificateId::value)
                                    .orElse("without a usable issuer key id or serial number"));
        }
        if (!certificate.getNotBefore().toInstant().equals(notBefore)
                || !certificate.getNotAfter().toInstant().equals(notAfter)) {
            throw new MalformedException(
                    "notBefore, notAfter",
                    "are " + notBefore + " and " + notAfter + ", but the certificate is valid from "
                            + certificate.getNotBefore().toInstant() + " to "
                            + certificate.getNotAfter().toInstant());
        }
    }

    /// The certificate itself.
    ///
    /// @throws IllegalStateException when it can not be decoded: only what [#requireConsistent] has seen gets in
    public X509Certificate decoded() {
        try {
            return Certificates.decode(der);
        } catch (MalformedException e) {
            throw new IllegalStateException("the inventory holds a certificate that can not be decoded", e);
        }
    }
}
