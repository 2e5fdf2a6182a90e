package dev.evenroll.audit.codec;

import dev.evenroll.audit.log.AuditFact;
import dev.evenroll.audit.log.Outcome;
import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.schemas.event.EnrollmentAuthorized;
import dev.evenroll.schemas.event.EnrollmentPending;
import dev.evenroll.schemas.event.EnrollmentRefused;
import dev.evenroll.schemas.event.EnrollmentRequested;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import javax.security.auth.x500.X500Principal;

/// Enrollments up to the decision.
final class EnrollmentTranslations {

    private static final String VALIDATOR = "csr-validator";
    private static final String ENROLLMENT_ID = "enrollmentId";
    private static final String REMOTE_ADDRESS = "remoteAddress";

    /// RFC 2253 has no short name for the attribute that names a device in an IDevID.
    private static final Map<String, String> SUBJECT_NAMES = Map.of("2.5.4.5", "serialNumber");

    private EnrollmentTranslations() {}

    /// The digest of a token is left out: it is all that a request needs to pass for the bearer's.
    static AuditFact requested(EnrollmentRequested event) {
        var requester = requester(event);
        var attributes = new TreeMap<String, String>();
        attributes.put(ENROLLMENT_ID, event.getEnrollmentId());
        attributes.put("operation", event.getOperation().name());
        attributes.put(REMOTE_ADDRESS, event.getRemoteAddress());
        attributes.put("requestSha256", der(event.getCertificationRequest()).sha256Hex());
        if (event.getJobLine() != null) {
            attributes.put("jobId", event.getJobLine().getJobId());
            attributes.put("jobLine", Integer.toString(event.getJobLine().getLine()));
        }
        return new AuditFact(
                "enrollment.requested",
                event.getDeviceId(),
                requester,
                Outcome.SUCCESS,
                "A certificate for device " + event.getDeviceId() + " was asked for by " + requester + ".",
                attributes);
    }

    static AuditFact authorized(EnrollmentAuthorized event) {
        var attributes = new TreeMap<String, String>();
        attributes.put(ENROLLMENT_ID, event.getEnrollmentId());
        attributes.put("profile", event.getProfile());
        attributes.put("assurance", event.getAssurance().name());
        attributes.put("organization", event.getOrganization());
        attributes.put("keySha256", der(event.getSubjectPublicKeyInfo()).sha256Hex());
        Decisions.put(attributes, event.getModel(), event.getPolicy(), event.getRequester());
        var approver = event.getApprover();
        if (approver != null) {
            attributes.put("approver", approver);
        }
        return new AuditFact(
                "enrollment.authorized",
                event.getDeviceId(),
                VALIDATOR,
                Outcome.SUCCESS,
                "Device " + event.getDeviceId() + " may have a certificate of " + event.getOrganization()
                        + (approver == null ? "." : ", as " + approver + " approved."),
                attributes);
    }

    static AuditFact refused(EnrollmentRefused event) {
        var attributes = new TreeMap<String, String>();
        attributes.put(ENROLLMENT_ID, event.getEnrollmentId());
        attributes.put(REMOTE_ADDRESS, event.getRemoteAddress());
        attributes.put("rules", Findings.rules(event.getFindings()));
        attributes.put("afterAcceptance", Boolean.toString(event.getAfterAcceptance()));
        Decisions.put(attributes, event.getModel(), event.getPolicy(), event.getRequester());
        return new AuditFact(
                "enrollment.refused",
                event.getDeviceId(),
                VALIDATOR,
                Outcome.REFUSED,
                "Device " + event.getDeviceId() + " gets no certificate: " + Findings.sentences(event.getFindings()),
                attributes);
    }

    static AuditFact pending(EnrollmentPending event) {
        var attributes = new TreeMap<String, String>();
        attributes.put(ENROLLMENT_ID, event.getEnrollmentId());
        attributes.put(REMOTE_ADDRESS, event.getRemoteAddress());
        attributes.put("reason", event.getReason());
        attributes.put("expiresAt", event.getExpiresAt().toString());
        if (event.getKeySha256() != null) {
            attributes.put("keySha256", event.getKeySha256());
        }
        if (event.getRequesterSha256() != null) {
            attributes.put("requesterSha256", event.getRequesterSha256());
        }
        Decisions.put(attributes, event.getModel(), event.getPolicy(), event.getRequester());
        return new AuditFact(
                "enrollment.pending",
                event.getDeviceId(),
                VALIDATOR,
                Outcome.SUCCESS,
                "Device " + event.getDeviceId() + " waits until " + event.getExpiresAt() + " for a person to decide ("
                        + event.getReason() + ").",
                attributes);
    }

    /// The subject of the certificate that the requester proved in the handshake.
    private static String requester(EnrollmentRequested event) {
        var chain = event.getRequesterChain();
        if (event.getTokenSha256() != null) {
            return "a requester with a one-time token";
        }
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
