package dev.evenroll.validator.streams;

import dev.evenroll.schemas.event.EnrollmentRefused;
import dev.evenroll.schemas.event.Finding;
import dev.evenroll.schemas.event.IssuanceRefused;
import dev.evenroll.validator.enrollment.Enrollment;
import dev.evenroll.validator.enrollment.KeyOwnership;
import java.util.List;

/// Ends an enrollment in flight that the key claim or the CA has refused: it is forgotten, and whoever else
/// waits is answered. Part of step 6 of the enrollment cycle.
final class RefusalHandler {

    private final EnrollmentStore enrollments;
    private final EventFactory events;

    RefusalHandler(EnrollmentStore enrollments, EventFactory events) {
        this.enrollments = enrollments;
        this.events = events;
    }

    /// A refusal of our own that comes back.
    ///
    /// Only one by the key claim ends an enrollment. A refusal by the rules may come back after the same
    /// request has been accepted, because the device has been registered in between: it must not end that
    /// one, or a repeat would get a second certificate.
    List<Emission> handle(String key, EnrollmentRefused refused) {
        var byKeyClaim = refused.getFindings().stream()
                .anyMatch(finding -> finding.getRule().equals(KeyOwnership.RULE));
        return byKeyClaim ? end(key, refused.getEnrollmentId(), refused.getFindings()) : List.of();
    }

    /// A refusal of the CA.
    List<Emission> handle(String key, IssuanceRefused refused) {
        return end(key, refused.getEnrollmentId(), refused.getFindings());
    }

    private List<Emission> end(String deviceId, String enrollmentId, List<Finding> findings) {
        if (!(enrollments.find(deviceId, enrollmentId) instanceof Enrollment.InFlight inFlight)) {
            return List.of();
        }
        enrollments.remove(deviceId, enrollmentId);
        return inFlight.furtherPartitions().stream()
                .map(partition -> events.refusedOutcome(enrollmentId, deviceId, findings, partition))
                .toList();
    }
}
