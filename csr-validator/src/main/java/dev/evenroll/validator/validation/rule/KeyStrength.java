package dev.evenroll.validator.validation.rule;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.RuleText;
import dev.evenroll.pki.request.KeyRules;
import dev.evenroll.validator.validation.EnrollmentCase;
import java.util.List;

/// The key is of an accepted kind, long enough, not one of those known to be breakable, and not blocked: the
/// rules of [KeyRules].
public final class KeyStrength implements Rule {

    @Override
    public List<RuleText> texts() {
        return KeyRules.texts();
    }

    @Override
    public List<Failure> judge(EnrollmentCase enrollment) {
        return enrollment.keyFailures();
    }
}
