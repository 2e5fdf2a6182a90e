package dev.evenroll.validator.streams;

import dev.evenroll.schemas.event.Finding;
import dev.evenroll.schemas.event.SecurityObservation;
import dev.evenroll.validator.enrollment.Audience;
import dev.evenroll.validator.enrollment.Enrollment;
import dev.evenroll.validator.enrollment.EnrollmentRules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Enrollments in flight that nobody has ended in time: the CA does not run, or has lost its position on its topic.
final class LostEnrollments {

    private static final List<Finding> UNANSWERED =
            EventFactory.findings(List.of(EnrollmentRules.UNANSWERED.failure()));

    private static final List<Finding> OUTDATED =
            EventFactory.findings(List.of(EnrollmentRules.REQUEST_OUTDATED.failure()));

    private final DeviceTask task;
    private final EventFactory events;
    private final Answers answers;

    LostEnrollments(DeviceTask task, EventFactory events) {
        this.task = task;
        this.events = events;
        this.answers = new Answers(events);
    }

    boolean isLost(Enrollment.InFlight inFlight) {
        return inFlight.isLost(events.now(), task.inFlightLimit());
    }

    /// The device gets on: forgets what it has in flight and lost beside that, answers who waits for it, and tells a
    /// person.
    ///
    /// @param enrollmentId the enrollment that it gets on with
    /// @param latest what was accepted after this time stays
    List<Emission> forgetOthers(String deviceId, String enrollmentId, Instant latest) {
        var emissions = new ArrayList<Emission>();
        task.enrollments().inFlight(deviceId).forEach((id, inFlight) -> {
            if (id.equals(enrollmentId) || inFlight.acceptedAt().isAfter(latest)) {
                return;
            }
            if (inFlight.isForgotten(events.now(), task.inFlightLimit())) {
                emissions.add(forget(deviceId, id, inFlight));
                emissions.addAll(answers.refused(deviceId, id, UNANSWERED, inFlight.others()));
            } else if (inFlight.outdated() && isLost(inFlight)) {
                emissions.addAll(dismiss(deviceId, id, inFlight));
            }
        });
        return List.copyOf(emissions);
    }

    /// Answers who waits for an outdated one, which has to be known for longer than anybody should wait.
    List<Emission> dismiss(String deviceId, String enrollmentId, Enrollment.InFlight outdated) {
        if (outdated.others().equals(Audience.NONE)) {
            return List.of();
        }
        task.enrollments().put(deviceId, enrollmentId, outdated.answered());
        return answers.refused(deviceId, enrollmentId, OUTDATED, outdated.others());
    }

    /// Forgets one, and tells a person.
    Emission forget(String deviceId, String enrollmentId, Enrollment.InFlight inFlight) {
        task.enrollments().remove(deviceId, enrollmentId);
        return events.observation(
                SecurityObservation.SIGNING_FAULT,
                deviceId,
                "An enrollment of the device " + deviceId + " was accepted at " + inFlight.acceptedAt()
                        + ", and has not been answered since: see whether the issuer runs, and whether its consumer "
                        + "groups have lost their offsets.",
                Map.of(
                        "enrollmentId",
                        enrollmentId,
                        "acceptedAt",
                        inFlight.acceptedAt().toString()));
    }
}
