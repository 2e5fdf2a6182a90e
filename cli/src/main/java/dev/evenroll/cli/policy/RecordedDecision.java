package dev.evenroll.cli.policy;

import dev.evenroll.policy.DeviceKnowledge;
import dev.evenroll.policy.PolicyFacts;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A decision by policy that was made, with everything that the policy looked at.
///
/// @param enrollmentId the request; a request that is repeated after a refusal is decided again
/// @param facts what the policy looked at; `at` is the time of the decision
/// @param deviceState state of the device in the registry then, in lower case; null when it was not
///     registered
/// @param policy name of the policy; empty when none was for the request
/// @param version version of the policies
/// @param decision what the policy decided
/// @param rules names of all rules that refused the request, of policies and others; empty when none
///     did
public record RecordedDecision(
        String enrollmentId,
        PolicyFacts facts,
        @Nullable String deviceState,
        String policy,
        String version,
        Decision decision,
        List<String> rules) {

    /// Rule of the refusals of a policy whose quota is used up.
    static final String QUOTA_RULE = "policy-quota";

    private static final String RULES_OF_POLICIES = "policy-";
    private static final String RULES_OF_APPROVAL = "approval-";

    public RecordedDecision {
        rules = List.copyOf(rules);
    }

    /// How the policy's decision ended, its quota taken into account.
    Decision then() {
        return rules.contains(QUOTA_RULE) ? Decision.REFUSED : decision;
    }

    /// Whether the request would have been refused whatever a policy had said.
    boolean refusedAnyway() {
        return !rules.stream().allMatch(rule -> rule.startsWith(RULES_OF_POLICIES));
    }

    /// Whether this is no decision of a policy, but what a person, or the time given to one, made of it
    /// later.
    public boolean endedWaiting() {
        return rules.stream().anyMatch(rule -> rule.startsWith(RULES_OF_APPROVAL));
    }

    /// What the registry knew of the device, for a policy.
    ///
    /// @param state name of the state in lower case; null when it was not registered
    public static DeviceKnowledge knowledge(@Nullable String state) {
        return switch (state) {
            case null -> DeviceKnowledge.UNREGISTERED;
            case "registered", "enrolled" -> DeviceKnowledge.ACTIVE;
            case "quarantined" -> DeviceKnowledge.QUARANTINED;
            default -> DeviceKnowledge.BARRED;
        };
    }

    Instant at() {
        return facts.at();
    }
}
