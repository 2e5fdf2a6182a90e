package dev.evenroll.cli.policy;

import dev.evenroll.policy.PolicyOutcome;
import dev.evenroll.policy.PolicySet;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Decides recorded requests again under other policies.
///
/// Everything that a policy looks at is taken as it was recorded. Quotas are counted anew, each in the
/// clock hour of the decision, from the first recorded one on: a request that was refused for another
/// reason than policies uses none, and one that is decided several times uses one.
public final class Replay {

    /// One decision under the other policies.
    ///
    /// @param policy empty when no policy is for the request
    /// @param why a sentence without its full stop
    record Decided(Decision decision, String policy, String why) {}

    /// A request that the other policies decide differently.
    ///
    /// @param then how it ended then, the quota taken into account
    /// @param policyNow empty when no policy is for the request
    /// @param why a sentence without its full stop
    public record Difference(RecordedDecision recorded, Decision then, Decision now, String policyNow, String why) {}

    /// What came of it.
    ///
    /// @param then how often each decision was made
    /// @param now how often each is made under the other policies
    /// @param differences in the order of their time
    /// @param otherPolicies decided alike, though by another policy
    public record Result(
            int decisions,
            Map<Decision, Integer> then,
            Map<Decision, Integer> now,
            List<Difference> differences,
            int otherPolicies) {

        public Result {
            then = Map.copyOf(then);
            now = Map.copyOf(now);
            differences = List.copyOf(differences);
        }
    }

    private record PolicyHour(String policy, Instant hour) {}

    private final PolicySet policies;
    private final Map<PolicyHour, Integer> used = new HashMap<>();
    private final Set<String> allowed = new HashSet<>();
    private final Map<Decision, Integer> then = new EnumMap<>(Decision.class);
    private final Map<Decision, Integer> now = new EnumMap<>(Decision.class);
    private final List<Difference> differences = new ArrayList<>();
    private int otherPolicies;

    private Replay(PolicySet policies) {
        this.policies = policies;
    }

    /// Decides them again, one after the other.
    ///
    /// @param decisions in the order of their time
    public static Result of(PolicySet policies, List<RecordedDecision> decisions) {
        var replay = new Replay(policies);
        decisions.forEach(replay::decide);
        return new Result(decisions.size(), replay.then, replay.now, replay.differences, replay.otherPolicies);
    }

    private void decide(RecordedDecision recorded) {
        var decided = decided(recorded);
        then.merge(recorded.then(), 1, Integer::sum);
        now.merge(decided.decision(), 1, Integer::sum);
        if (decided.decision() != recorded.then()) {
            differences.add(
                    new Difference(recorded, recorded.then(), decided.decision(), decided.policy(), decided.why()));
        } else if (!decided.policy().equals(recorded.policy())) {
            otherPolicies++;
        }
    }

    private Decided decided(RecordedDecision recorded) {
        return switch (policies.decide(recorded.facts())) {
            case PolicyOutcome.Refused refused -> new Decided(Decision.REFUSED, refused.policy(), refused.message());
            case PolicyOutcome.Pending pending -> new Decided(Decision.PENDING, pending.policy(), pending.reason());
            case PolicyOutcome.Allowed granted -> withinQuota(recorded, granted);
        };
    }

    private Decided withinQuota(RecordedDecision recorded, PolicyOutcome.Allowed granted) {
        String policy = granted.policy();
        Integer quota = granted.quotaPerHour();
        if (quota != null && usesQuota(recorded)) {
            var hour = recorded.at().truncatedTo(ChronoUnit.HOURS);
            int number = used.merge(new PolicyHour(policy, hour), 1, Integer::sum);
            if (number > quota) {
                return new Decided(
                        Decision.REFUSED,
                        policy,
                        "policy " + policy + " allows " + quota + " an hour, which were used up in the" + " hour of "
                                + hour);
            }
            allowed.add(recorded.enrollmentId());
        }
        String entered = granted.admission() == null ? "" : " and enters the device in the registry";
        return new Decided(Decision.ALLOWED, policy, "policy " + policy + " allows it" + entered);
    }

    private boolean usesQuota(RecordedDecision recorded) {
        return !recorded.refusedAnyway() && !allowed.contains(recorded.enrollmentId());
    }
}
