package dev.evenroll.validator.validation.rule;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.RuleText;
import dev.evenroll.validator.validation.EnrollmentCase;
import java.util.List;

/// What a policy enters in the registry for a device that was not there is a registration.
public final class AdmissionIsRegistration implements AboutDevice {

    private static final RuleText UNUSABLE = new RuleText(
            "policy-admission",
            "OCPP 2.0.1 part 2 (identifierString); RFC 5280 appendix A.1",
            "an unknown device whose entry, as the policy writes it, can not be one",
            "policy <policy> would register <device>, but <problem>; have the policy or the trust anchor changed");

    @Override
    public List<RuleText> texts() {
        return List.of(UNUSABLE);
    }

    @Override
    public List<Failure> judge(EnrollmentCase enrollment) {
        var justInTime = enrollment.justInTime();
        return justInTime == null || justInTime.problem() == null
                ? List.of()
                : List.of(UNUSABLE.failure(
                        justInTime.decided().outcome().policy(),
                        enrollment.deviceId().value(),
                        justInTime.problem()));
    }
}
