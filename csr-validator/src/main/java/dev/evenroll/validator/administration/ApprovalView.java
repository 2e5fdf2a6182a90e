package dev.evenroll.validator.administration;

import dev.evenroll.validator.enrollment.Approval;
import dev.evenroll.validator.registry.Word;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// An enrollment that waits, or waited, for a person, as callers see it. Times are ISO 8601 in UTC.
///
/// @param model way that the request took; `unknown` when a newer version knows it
/// @param policy name of the just-in-time policy; null when none decided
/// @param keySha256 the key to be certified: SHA-256 of the SubjectPublicKeyInfo (DER) in hex; null when the
///     request can not be read
/// @param requesterSha256 SHA-256 of the requester's certificate (DER) in hex; null when it asks with
///     a token
/// @param decision what a person decided; null as long as nobody has
@Schema(name = "Approval")
public record ApprovalView(
        String deviceId,
        String enrollmentId,
        String pendingSince,
        String expiresAt,
        String reason,
        String model,
        @Nullable String policy,
        @Nullable String policyVersion,
        String requester,
        @Nullable String keySha256,
        @Nullable String requesterSha256,
        String remoteAddress,
        @Nullable DecisionView decision) {

    /// What a person decided.
    @Schema(name = "ApprovalDecision")
    public record DecisionView(boolean approved, String actor, String reason, String decidedAt) {}

    /// Enrollments in the order of their places.
    ///
    /// @param next the value of `after` for the following ones; null when there are none
    @Schema(name = "ApprovalPage")
    public record Page(
            List<ApprovalView> approvals, @Nullable String next) {

        public Page {
            approvals = List.copyOf(approvals);
        }
    }

    static ApprovalView of(Approval approval) {
        var decision = approval.decision();
        return new ApprovalView(
                approval.deviceId(),
                approval.enrollmentId(),
                approval.pendingSince().toString(),
                approval.expiresAt().toString(),
                approval.reason(),
                approval.model() == null ? "unknown" : Word.of(approval.model()),
                approval.policy(),
                approval.policyVersion(),
                approval.requester(),
                approval.keySha256(),
                approval.requesterSha256(),
                approval.remoteAddress(),
                decision == null
                        ? null
                        : new DecisionView(
                                decision.approved(),
                                decision.actor(),
                                decision.reason(),
                                decision.decidedAt().toString()));
    }
}
