package dev.evenroll.audit.codec;

import dev.evenroll.audit.log.AuditFact;
import dev.evenroll.audit.log.Outcome;
import dev.evenroll.schemas.event.ResponderIssued;
import dev.evenroll.schemas.event.ResponderRequested;
import java.util.Map;

/// The certificates of OCSP responders.
final class ResponderTranslations {

    private ResponderTranslations() {}

    static AuditFact requested(ResponderRequested event) {
        return new AuditFact(
                "responder.requested",
                event.getResponder(),
                "revocation-service",
                Outcome.SUCCESS,
                "The OCSP responder " + event.getResponder() + " asks for a certificate for a new key.",
                Map.of(
                        "issuerKeyId",
                        event.getIssuerKeyId(),
                        "requestSha256",
                        EnrollmentTranslations.der(event.getCertificationRequest())
                                .sha256Hex()));
    }

    static AuditFact issued(ResponderIssued event) {
        return new AuditFact(
                "responder.issued",
                event.getResponder(),
                "issuer",
                Outcome.SUCCESS,
                "The OCSP responder " + event.getResponder() + " has a certificate, valid until " + event.getNotAfter()
                        + ".",
                CertificateTranslations.signed(
                        event.getIssuerKeyId(),
                        event.getSerialNumber(),
                        event.getProfile(),
                        event.getNotBefore(),
                        event.getNotAfter(),
                        event.getCertificate()));
    }
}
