package dev.evenroll.validator.streams;

import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.request.CertificationRequest;
import dev.evenroll.schemas.event.EnrollmentRequested;
import dev.evenroll.schemas.event.PolicyDecision;
import dev.evenroll.schemas.state.PendingEnrollment;
import dev.evenroll.schemas.state.PersonsDecision;
import dev.evenroll.validator.enrollment.Approval;
import dev.evenroll.validator.enrollment.Audience;
import dev.evenroll.validator.registry.EnrollmentModel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Enrollments that wait for a person, between their Avro record and the domain.
final class ApprovalRecords {

    private ApprovalRecords() {}

    static Approval toDomain(PendingEnrollment pending) {
        var request = pending.getRequest();
        PolicyDecision policy = pending.getPolicy();
        return new Approval(
                request.getDeviceId(),
                request.getEnrollmentId(),
                pending.getPendingSince(),
                pending.getExpiresAt(),
                pending.getReason(),
                model(pending.getModel()),
                policy == null ? null : policy.getPolicy(),
                policy == null ? null : policy.getVersion(),
                pending.getRequester(),
                keySha256(request),
                requesterSha256(request),
                request.getRemoteAddress(),
                toDomain(pending.getDecision()),
                pending.getCertifiedAt());
    }

    /// Null when the request can not be read: such a one does not wait, and no list fails over it.
    static @Nullable String keySha256(EnrollmentRequested request) {
        try {
            return CertificationRequest.decode(Bytes.der(request.getCertificationRequest()))
                    .spkiSha256();
        } catch (MalformedException e) {
            return null;
        }
    }

    /// Null for a token: nobody reads, or verifies, the certificates that come beside one.
    static @Nullable String requesterSha256(EnrollmentRequested request) {
        if (request.getTokenSha256() != null) {
            return null;
        }
        return request.getRequesterChain().stream()
                .findFirst()
                .map(certificate -> Bytes.der(certificate).sha256Hex())
                .orElse(null);
    }

    private static Approval.@Nullable Decision toDomain(@Nullable PersonsDecision decision) {
        return decision == null
                ? null
                : new Approval.Decision(
                        decision.getCommandId(),
                        decision.getActor(),
                        decision.getApproved(),
                        decision.getReason(),
                        decision.getDecidedAt());
    }

    static PersonsDecision toRecord(Approval.Decision decision) {
        return PersonsDecision.newBuilder()
                .setCommandId(decision.commandId())
                .setActor(decision.actor())
                .setApproved(decision.approved())
                .setReason(decision.reason())
                .setDecidedAt(decision.decidedAt())
                .build();
    }

    /// The lines of bulk jobs that wait for it.
    static Audience audience(PendingEnrollment pending) {
        return new Audience(List.of(), JobLines.toDomain(pending.getJobLines()));
    }

    /// The same, waited for by the lines of an audience.
    static PendingEnrollment with(PendingEnrollment pending, Audience audience) {
        return PendingEnrollment.newBuilder(pending)
                .setJobLines(JobLines.toRecords(audience.jobLines()))
                .build();
    }

    private static @Nullable EnrollmentModel model(dev.evenroll.schemas.event.EnrollmentModel model) {
        return switch (model) {
            case FACTORY -> EnrollmentModel.FACTORY;
            case FIELD -> EnrollmentModel.FIELD;
            case JUST_IN_TIME -> EnrollmentModel.JUST_IN_TIME;
            case CENTRAL_GATEWAY -> EnrollmentModel.CENTRAL_GATEWAY;
            case RENEWAL -> EnrollmentModel.RENEWAL;
            case UNKNOWN -> null;
        };
    }
}
