package dev.evenroll.policy;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/// The policies of one file, in their order; immutable.
///
/// @param version the file's label, `@`, and 12 hex digits that change with its content
///     ([PolicyReader])
/// @param renewalGrace how long after its end a certificate may still ask for its renewal, which then
///     waits for a person; zero when not at all
public record PolicySet(String version, List<Policy> policies, Duration renewalGrace) {

    /// No policies: nobody enrolls just in time, and no expired certificate is renewed.
    public static final PolicySet NONE = new PolicySet("none", List.of(), Duration.ZERO);

    public PolicySet {
        policies = List.copyOf(policies);
    }

    /// The first policy that is for the request decides; when none is, the request is refused.
    public PolicyOutcome decide(PolicyFacts facts) {
        return policies.stream()
                .filter(policy -> policy.isFor(facts))
                .findFirst()
                .map(policy -> policy.decide(facts))
                .orElseGet(() -> PolicyRule.NONE.refused(
                        "",
                        facts.deviceId(),
                        facts.manufacturer(),
                        Objects.requireNonNullElse(facts.model(), "unknown"),
                        facts.remoteAddress()));
    }
}
