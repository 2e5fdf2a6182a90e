package dev.evenroll.audit.codec;

import dev.evenroll.audit.log.AuditFact;
import dev.evenroll.audit.log.Outcome;
import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.schemas.event.EnrollmentAuthorized;
import dev.evenroll.schemas.event.EnrollmentRefused;
import dev.evenroll.schemas.event.EnrollmentRequested;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import javax.security.auth.x500.X500Principal;

/// Enrollments up to the decision.
final class EnrollmentTranslations {

    private static final String VALIDATOR = "csr-validator";
    private static final String ENROLLMENT_ID = "enrollmentId";

    /// RFC 2253 has no short name for the attribute that names a device in an IDevID.
    private static final Map<String, String> SUBJECT_NAMES = Map.of("2.5.4.5", "serialNumber");

    private EnrollmentTranslations() {}

    static AuditFact requested(EnrollmentRequested event) {
        var requester = requester(event.getRequesterChain());
        return new AuditFact(
                "enrollment.requested",
                event.getDeviceId(),
                requester,
                Outcome.SUCCESS,
                "A certificate for device " + event.getDeviceId() + " was asked for by " + requester + ".",
                Map.of(
                        ENROLLMENT_ID,
                        event.getEnrollmentId(),
                        "operation",
                        event.getOperation().name(),
                        "remoteAddress",
                        event.getRemoteAddress(),
                        "requestSha256",
                        der(event.getCertificationRequest()).sha256Hex()));
    }

    static AuditFact authorized(EnrollmentAuthorized event) {
        return new AuditFact(
                "enrollment.authorized",
                event.getDeviceId(),
                VALIDATOR,
                Outcome.SUCCESS,
                "Device " + event.getDeviceId() + " may have a certificate of " + event.getOrganization() + ".",
                Map.of(
                        ENROLLMENT_ID,
                        event.getEnrollmentId(),
                        "profile",
                        event.getProfile(),
                        "organization",
                        event.getOrganization(),
                        "keySha256",
                        der(event.getSubjectPublicKeyInfo()).sha256Hex()));
    }

    static AuditFact refused(EnrollmentRefused event) {
        return new AuditFact(
                "enrollment.refused",
                event.getDeviceId(),
                VALIDATOR,
                Outcome.REFUSED,
                "Device " + event.getDeviceId() + " gets no certificate: " + Findings.sentences(event.getFindings()),
                Map.of(
                        ENROLLMENT_ID,
                        event.getEnrollmentId(),
                        "remoteAddress",
                        event.getRemoteAddress(),
                        "rules",
                        Findings.rules(event.getFindings())));
    }

    /// The subject of the certificate that the requester proved in the handshake.
    private static String requester(List<ByteBuffer> chain) {
        if (chain.isEmpty()) {
            return "a requester without a certificate";
        }
        try {
            return Certificates.decode(der(chain.getFirst()))
                    .getSubjectX500Principal()
                    .getName(X500Principal.RFC2253, SUBJECT_NAMES);
        } catch (MalformedException e) {
            // The gateway has decoded it, so this is a hostile record; the audit log takes it all the same.
            return "a requester whose certificate can not be decoded";
        }
    }

    static Der der(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return Der.of(bytes);
    }
}
