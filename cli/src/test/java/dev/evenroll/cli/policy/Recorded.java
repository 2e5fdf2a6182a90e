package dev.evenroll.cli.policy;

import dev.evenroll.policy.PolicyFacts;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Recorded decisions for tests: unregistered X1 of acme that policy `old` allowed.
final class Recorded {

    static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private Recorded() {}

    static RecordedDecision allowed(String device, int minute) {
        return of(device, minute, null, null, Decision.ALLOWED, List.of());
    }

    static RecordedDecision of(
            String device,
            int minute,
            @Nullable String state,
            @Nullable String approver,
            Decision decision,
            List<String> rules) {
        return new RecordedDecision(
                "enrollment-of-" + device,
                new PolicyFacts(
                        device,
                        "acme",
                        "X1",
                        RecordedDecision.knowledge(state),
                        "10.1.2.3",
                        NOON.plusSeconds(60L * minute),
                        false,
                        approver),
                state,
                "old",
                "v1@000000000000",
                decision,
                rules);
    }
}
