package dev.evenroll.validator.validation.rule;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.RuleText;
import dev.evenroll.policy.PolicyOutcome;
import dev.evenroll.policy.PolicyRule;
import dev.evenroll.validator.validation.EnrollmentCase;
import java.util.Arrays;
import java.util.List;

/// The installation's policies let the device in just in time.
///
/// The sentence is the policies' own: the same that `evenroll policy test` prints.
public final class PolicyAllows implements AboutDevice {

    private static final String SOURCE = "NIST SP 800-53 AC-3; the installation's policies";

    @Override
    public List<RuleText> texts() {
        return Arrays.stream(PolicyRule.values())
                .map(rule -> new RuleText(rule.rule(), SOURCE, rule.refuses(), rule.message()))
                .toList();
    }

    @Override
    public List<Failure> judge(EnrollmentCase enrollment) {
        var justInTime = enrollment.justInTime();
        return justInTime != null && justInTime.decided().outcome() instanceof PolicyOutcome.Refused refused
                ? List.of(new Failure(refused.rule(), refused.message()))
                : List.of();
    }
}
