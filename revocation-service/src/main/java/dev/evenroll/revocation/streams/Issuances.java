package dev.evenroll.revocation.streams;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.revocation.life.IssuedCertificate;
import dev.evenroll.schemas.event.CertificateIssued;
import java.nio.ByteBuffer;

/// `certificate.issued` in the terms of the domain.
final class Issuances {

    private Issuances() {}

    /// @throws IllegalArgumentException when the certificate's name is not one
    static IssuedCertificate certificate(CertificateIssued event) {
        return new IssuedCertificate(
                new CertificateId(event.getIssuerKeyId(), event.getSerialNumber()),
                event.getDeviceId(),
                event.getEnrollmentId(),
                event.getProfile(),
                event.getNotBefore(),
                event.getNotAfter(),
                der(event.getCertificate()));
    }

    static Der der(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return Der.of(bytes);
    }
}
