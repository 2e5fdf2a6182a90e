package dev.evenroll.audit.codec;

import dev.evenroll.audit.log.AuditFact;
import dev.evenroll.audit.log.Outcome;
import dev.evenroll.schemas.event.CertificateIssued;
import dev.evenroll.schemas.event.CertificatePrepared;
import dev.evenroll.schemas.event.CertificateState;
import dev.evenroll.schemas.event.CertificateStatus;
import dev.evenroll.schemas.event.IssuanceRefused;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/// Certificates: preparation, issuance, inventory.
final class CertificateTranslations {

    private static final String ISSUER = "issuer";
    private static final String INVENTORY = "revocation-service";
    private static final String ENROLLMENT_ID = "enrollmentId";
    private static final String SERIAL_NUMBER = "serialNumber";
    private static final String CERTIFICATE_ID = "certificateId";

    private CertificateTranslations() {}

    static AuditFact prepared(CertificatePrepared event) {
        return new AuditFact(
                "certificate.prepared",
                event.getDeviceId(),
                ISSUER,
                Outcome.SUCCESS,
                "A certificate for " + (event.getForResponder() ? "OCSP responder " : "device ") + event.getDeviceId()
                        + " is complete but for the signature.",
                Map.of(
                        ENROLLMENT_ID,
                        event.getEnrollmentId(),
                        SERIAL_NUMBER,
                        event.getSerialNumber(),
                        CERTIFICATE_ID,
                        event.getIssuerKeyId() + "-" + event.getSerialNumber(),
                        "profile",
                        event.getProfile(),
                        "assurance",
                        event.getAssurance().name(),
                        "tbsSha256",
                        EnrollmentTranslations.der(event.getTbsCertificate()).sha256Hex()));
    }

    static AuditFact issued(CertificateIssued event) {
        var attributes = signed(
                event.getIssuerKeyId(),
                event.getSerialNumber(),
                event.getProfile(),
                event.getNotBefore(),
                event.getNotAfter(),
                event.getCertificate());
        attributes.put(ENROLLMENT_ID, event.getEnrollmentId());
        return new AuditFact(
                "certificate.issued",
                event.getDeviceId(),
                ISSUER,
                Outcome.SUCCESS,
                "Device " + event.getDeviceId() + " has a certificate, valid until " + event.getNotAfter() + ".",
                attributes);
    }

    /// What is said of every certificate that a CA has signed.
    static Map<String, String> signed(
            String issuerKeyId,
            String serialNumber,
            String profile,
            Instant notBefore,
            Instant notAfter,
            ByteBuffer certificate) {
        var attributes = new TreeMap<String, String>();
        attributes.put(SERIAL_NUMBER, serialNumber);
        attributes.put(CERTIFICATE_ID, issuerKeyId + "-" + serialNumber);
        attributes.put("profile", profile);
        attributes.put("notBefore", notBefore.toString());
        attributes.put("notAfter", notAfter.toString());
        attributes.put(
                "certificateSha256", EnrollmentTranslations.der(certificate).sha256Hex());
        return attributes;
    }

    static AuditFact refused(IssuanceRefused event) {
        return new AuditFact(
                "issuance.refused",
                event.getDeviceId(),
                ISSUER,
                Outcome.REFUSED,
                "The CA does not issue the authorized certificate of device " + event.getDeviceId() + ": "
                        + Findings.sentences(event.getFindings()),
                Map.of(ENROLLMENT_ID, event.getEnrollmentId(), "rules", Findings.rules(event.getFindings())));
    }

    static AuditFact status(CertificateStatus event) {
        var attributes = new TreeMap<String, String>();
        attributes.put("deviceId", event.getDeviceId());
        attributes.put(ENROLLMENT_ID, event.getEnrollmentId());
        attributes.put("state", event.getState().name());
        if (event.getReason() != null) {
            attributes.put("reason", event.getReason().name());
        }
        var entered = event.getState() == CertificateState.ISSUED
                && (event.getIssuedAt() == null || event.getIssuedAt().equals(event.getOccurredAt()));
        return new AuditFact(
                entered ? "certificate.entered" : "certificate.changed",
                event.getCertificateId(),
                INVENTORY,
                Outcome.SUCCESS,
                entered
                        ? "The certificate of device " + event.getDeviceId() + " is entered in the inventory."
                        : "The inventory holds the certificate of device " + event.getDeviceId() + " as "
                                + event.getState() + ".",
                attributes);
    }
}
