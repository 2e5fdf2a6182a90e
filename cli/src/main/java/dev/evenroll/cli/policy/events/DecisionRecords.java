package dev.evenroll.cli.policy.events;

import dev.evenroll.cli.policy.Decision;
import dev.evenroll.cli.policy.RecordedDecision;
import dev.evenroll.policy.PolicyFacts;
import dev.evenroll.schemas.codec.UndecodableException;
import dev.evenroll.schemas.event.EnrollmentAuthorized;
import dev.evenroll.schemas.event.EnrollmentPending;
import dev.evenroll.schemas.event.EnrollmentRefused;
import dev.evenroll.schemas.event.Finding;
import dev.evenroll.schemas.event.PolicyDecision;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Events of decisions as recorded decisions; empty for those that no policy made.
final class DecisionRecords {

    private DecisionRecords() {}

    static Optional<RecordedDecision> of(EnrollmentAuthorized event) throws UndecodableException {
        return of(event.getEnrollmentId(), event.getDeviceId(), event.getPolicy(), event.getApprover(), List.of());
    }

    static Optional<RecordedDecision> of(EnrollmentPending event) throws UndecodableException {
        return of(event.getEnrollmentId(), event.getDeviceId(), event.getPolicy(), null, List.of());
    }

    static Optional<RecordedDecision> of(EnrollmentRefused event) throws UndecodableException {
        var rules = event.getFindings().stream().map(Finding::getRule).toList();
        return of(event.getEnrollmentId(), event.getDeviceId(), event.getPolicy(), null, rules)
                .filter(decision -> !decision.endedWaiting());
    }

    private static Optional<RecordedDecision> of(
            String enrollmentId,
            String deviceId,
            @Nullable PolicyDecision policy,
            @Nullable String approver,
            List<String> rules)
            throws UndecodableException {
        if (policy == null) {
            return Optional.empty();
        }
        var decision = Decision.named(policy.getDecision());
        if (decision.isEmpty()) {
            throw new UndecodableException("its decision, " + policy.getDecision() + ", is unknown here");
        }
        var state = policy.getDeviceState() == null
                ? null
                : policy.getDeviceState().name().toLowerCase(Locale.ROOT);
        var facts = new PolicyFacts(
                deviceId,
                policy.getManufacturer(),
                policy.getModel(),
                RecordedDecision.knowledge(state),
                policy.getRemoteAddress(),
                policy.getDecidedAt(),
                policy.getAttested(),
                approver);
        return Optional.of(new RecordedDecision(
                enrollmentId, facts, state, policy.getPolicy(), policy.getVersion(), decision.get(), rules));
    }
}
