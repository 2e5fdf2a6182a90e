package dev.evenroll.audit.codec;

import dev.evenroll.audit.log.AuditFact;
import dev.evenroll.audit.log.Outcome;
import dev.evenroll.pki.crl.CrlName;
import dev.evenroll.schemas.event.CertificateRevoked;
import dev.evenroll.schemas.event.CrlPrepared;
import dev.evenroll.schemas.event.CrlSigned;
import dev.evenroll.schemas.event.RevocationReason;
import dev.evenroll.schemas.event.RevocationRequested;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Revocations and the lists that publish them.
final class RevocationTranslations {

    private static final String CRL_NUMBER = "crlNumber";

    private RevocationTranslations() {}

    static AuditFact requested(RevocationRequested event) {
        return new AuditFact(
                "revocation.requested",
                event.getCertificateId(),
                event.getActor(),
                Outcome.SUCCESS,
                event.getActor() + " ordered to " + order(event.getReason(), event.getCertificateId()) + ".",
                event.getCause().isEmpty()
                        ? Map.of("reason", event.getReason().name())
                        : Map.of("reason", event.getReason().name(), "cause", event.getCause()));
    }

    private static String order(RevocationReason reason, String certificateId) {
        return switch (reason) {
            case CERTIFICATE_HOLD -> "put certificate " + certificateId + " on hold";
            case REMOVE_FROM_CRL -> "release certificate " + certificateId + " from hold";
            case UNSPECIFIED,
                    KEY_COMPROMISE,
                    AFFILIATION_CHANGED,
                    SUPERSEDED,
                    CESSATION_OF_OPERATION,
                    PRIVILEGE_WITHDRAWN -> "revoke certificate " + certificateId;
        };
    }

    static AuditFact revoked(CertificateRevoked event) {
        return new AuditFact(
                "certificate.revoked",
                event.getCertificateId(),
                event.getActor(),
                Outcome.SUCCESS,
                "The certificate of device " + event.getDeviceId() + " is " + fate(event.getReason()) + ".",
                Map.of(
                        "deviceId", event.getDeviceId(),
                        "reason", event.getReason().name(),
                        "notAfter", event.getNotAfter().toString()));
    }

    private static String fate(RevocationReason reason) {
        return switch (reason) {
            case CERTIFICATE_HOLD -> "on hold";
            case REMOVE_FROM_CRL -> "released from hold";
            case UNSPECIFIED,
                    KEY_COMPROMISE,
                    AFFILIATION_CHANGED,
                    SUPERSEDED,
                    CESSATION_OF_OPERATION,
                    PRIVILEGE_WITHDRAWN -> "revoked, for ever";
        };
    }

    static AuditFact prepared(CrlPrepared event) {
        return new AuditFact(
                "crl.prepared",
                new CrlName(event.getIssuerKeyId(), event.getShard(), event.getBaseCrlNumber() != null).key(),
                "revocation-service",
                Outcome.SUCCESS,
                list(event.getCrlNumber(), event.getBaseCrlNumber()) + " is complete but for the signature.",
                Map.of(
                        CRL_NUMBER,
                        Long.toString(event.getCrlNumber()),
                        "tbsSha256",
                        EnrollmentTranslations.der(event.getTbsCertList()).sha256Hex()));
    }

    static AuditFact signed(CrlSigned event) {
        return new AuditFact(
                "crl.signed",
                new CrlName(event.getIssuerKeyId(), event.getShard(), event.getBaseCrlNumber() != null).key(),
                "issuer",
                Outcome.SUCCESS,
                list(event.getCrlNumber(), event.getBaseCrlNumber()) + " is signed.",
                Map.of(
                        CRL_NUMBER,
                        Long.toString(event.getCrlNumber()),
                        "crlSha256",
                        EnrollmentTranslations.der(event.getCrl()).sha256Hex()));
    }

    private static String list(long number, @Nullable Long base) {
        return (base == null ? "Revocation list" : "Delta revocation list on " + base) + " number " + number;
    }
}
