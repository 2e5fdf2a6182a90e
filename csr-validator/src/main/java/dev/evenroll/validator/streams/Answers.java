package dev.evenroll.validator.streams;

import dev.evenroll.pki.Der;
import dev.evenroll.schemas.event.Finding;
import dev.evenroll.schemas.event.Issued;
import dev.evenroll.schemas.event.Pending;
import dev.evenroll.schemas.event.Refused;
import dev.evenroll.validator.enrollment.Audience;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Tells everybody who waits how an enrollment stands: gateways by enrollment.outcome, bulk jobs by
/// job.progressed. Part of step 6 of the enrollment cycle.
final class Answers {

    private final EventFactory events;

    Answers(EventFactory events) {
        this.events = events;
    }

    List<Emission> issued(String deviceId, String enrollmentId, Der certificate, Audience audience) {
        return tell(
                deviceId,
                enrollmentId,
                Issued.newBuilder()
                        .setCertificate(ByteBuffer.wrap(certificate.bytes()))
                        .build(),
                audience);
    }

    List<Emission> refused(String deviceId, String enrollmentId, List<Finding> findings, Audience audience) {
        return tell(
                deviceId,
                enrollmentId,
                Refused.newBuilder().setFindings(findings).build(),
                audience);
    }

    /// It waits for a person.
    List<Emission> pending(String deviceId, String enrollmentId, int retryAfterSeconds, Audience audience) {
        return tell(
                deviceId,
                enrollmentId,
                Pending.newBuilder().setRetryAfterSeconds(retryAfterSeconds).build(),
                audience);
    }

    private List<Emission> tell(String deviceId, String enrollmentId, Object result, Audience audience) {
        var emissions = new ArrayList<Emission>();
        for (var partition : audience.partitions()) {
            emissions.add(events.outcome(enrollmentId, deviceId, result, partition));
        }
        for (var line : audience.jobLines()) {
            emissions.add(events.jobLineEnded(line, enrollmentId, deviceId, result));
        }
        return List.copyOf(emissions);
    }
}
