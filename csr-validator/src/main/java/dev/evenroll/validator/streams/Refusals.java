package dev.evenroll.validator.streams;

import dev.evenroll.pki.Failure;
import dev.evenroll.schemas.state.KeyClaimRequested;
import dev.evenroll.validator.enrollment.Audience;
import java.util.List;
import java.util.stream.Stream;

/// Refusals of what the rules had accepted: by the quota of a policy, or the key claim.
final class Refusals {

    private Refusals() {}

    /// The event, and the answer for the partition that asked first. Whoever else waits is answered where the
    /// enrollment is remembered, when the event comes back there.
    static List<Emission> afterAcceptance(
            KeyClaimRequested claim, Failure failure, EventFactory events, Answers answers) {
        var findings = EventFactory.findings(List.of(failure));
        var refusal = events.refusal(claim, findings);
        var answer = answers.refused(
                claim.getDeviceId(), claim.getEnrollmentId(), findings, Audience.of(claim.getReplyPartition(), null));
        return Stream.concat(Stream.of(refusal), answer.stream()).toList();
    }
}
