package dev.evenroll.validator.streams;

import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.schemas.event.CertificateRevoked;
import java.util.List;

/// Remembers that a certificate of a device is revoked or on hold, and forgets the enrollment that ended with it:
/// the same request is judged anew instead of being answered with a revoked certificate. A release from hold takes back
/// the first, not the second: who asks again gets a new certificate.
///
/// `certificate.revoked` is partitioned by certificate, the stores are by device: [#toDevice] checks a
/// record where it stands and sends it on, [#handle] applies it.
final class RevocationHandler implements EventHandler<CertificateRevoked> {

    private final CertificateStore certificates;
    private final EnrollmentStore enrollments;
    private final EventFactory events;

    RevocationHandler(CertificateStore certificates, EnrollmentStore enrollments, EventFactory events) {
        this.certificates = certificates;
        this.enrollments = enrollments;
        this.events = events;
    }

    /// @param key certificate id
    static List<Emission> toDevice(String key, CertificateRevoked revoked) throws UnusableException {
        certificate(key);
        return List.of(Emission.to(Sinks.REVOCATION, revoked.getDeviceId(), revoked));
    }

    @Override
    public List<Emission> handle(String key, CertificateRevoked revoked) throws UnusableException {
        var certificate = certificate(revoked.getCertificateId());
        certificates.removeExpired(key, events.now());
        switch (revoked.getReason()) {
            case REMOVE_FROM_CRL -> certificates.release(key, certificate);
            case CERTIFICATE_HOLD -> {
                certificates.putHeld(key, certificate, revoked.getNotAfter());
                enrollments.removeIssued(key, certificate);
            }
            case UNSPECIFIED,
                    KEY_COMPROMISE,
                    AFFILIATION_CHANGED,
                    SUPERSEDED,
                    CESSATION_OF_OPERATION,
                    PRIVILEGE_WITHDRAWN -> {
                certificates.putRevoked(key, certificate, revoked.getNotAfter());
                enrollments.removeIssued(key, certificate);
            }
        }
        return List.of();
    }

    private static CertificateId certificate(String text) throws UnusableException {
        try {
            return CertificateId.parse(text);
        } catch (IllegalArgumentException e) {
            throw new UnusableException("The event names no certificate: " + e.getMessage());
        }
    }
}
