package dev.evenroll.validator.streams;

import dev.evenroll.schemas.event.Acceptance;
import dev.evenroll.schemas.event.EnrollmentRefused;
import dev.evenroll.schemas.event.Finding;
import dev.evenroll.schemas.event.IssuanceRefused;
import dev.evenroll.validator.enrollment.Enrollment;
import dev.evenroll.validator.enrollment.EnrollmentRules;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Ends an enrollment in flight that the quota, the key claim or the CA has refused: it is forgotten, and
/// whoever else waits is answered. Part of step 6 of the enrollment cycle.
///
/// A late refusal of an acceptance before, which had not been answered in time, ends nothing: what has been accepted
/// since is still on its way.
final class RefusalHandler {

    private final EnrollmentStore enrollments;
    private final Answers answers;

    RefusalHandler(EnrollmentStore enrollments, EventFactory events) {
        this.enrollments = enrollments;
        this.answers = new Answers(events);
    }

    /// A refusal of our own that comes back.
    ///
    /// Only one that came after the rules had accepted ends an enrollment. A refusal by the rules may come back
    /// after the same request has been accepted, because the device has been registered in between: it must
    /// not end that one, or a repeat would get a second certificate.
    List<Emission> handle(String key, EnrollmentRefused refused) {
        return refused.getAfterAcceptance() || byKeyClaim(refused)
                ? end(
                        key,
                        refused.getEnrollmentId(),
                        refused.getAcceptance(),
                        refused.getReplyPartition(),
                        refused.getFindings())
                : List.of();
    }

    /// The first version of the event does not say when it came. Its rules had no name in common with the key
    /// claim.
    private static boolean byKeyClaim(EnrollmentRefused refused) {
        return refused.getFindings().stream()
                .anyMatch(finding -> finding.getRule().equals(EnrollmentRules.KEY_CLAIM.rule()));
    }

    /// A refusal of the CA.
    List<Emission> handle(String key, IssuanceRefused refused) {
        return end(
                key,
                refused.getEnrollmentId(),
                refused.getAcceptance(),
                refused.getReplyPartition(),
                refused.getFindings());
    }

    /// @param acceptance which acceptance of the enrollment is refused; null when an earlier version has not said
    /// @param answered the partition that has been told of the refusal
    private List<Emission> end(
            String deviceId,
            String enrollmentId,
            @Nullable Acceptance acceptance,
            int answered,
            List<Finding> findings) {
        if (!(enrollments.find(deviceId, enrollmentId) instanceof Enrollment.InFlight inFlight)
                || !inFlight.isOf(Acceptances.acceptedAt(acceptance))) {
            return List.of();
        }
        enrollments.remove(deviceId, enrollmentId);
        return answers.refused(deviceId, enrollmentId, findings, inFlight.unanswered(answered));
    }
}
