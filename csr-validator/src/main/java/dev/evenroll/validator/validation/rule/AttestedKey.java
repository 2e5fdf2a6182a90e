package dev.evenroll.validator.validation.rule;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.RuleText;
import dev.evenroll.pki.attestation.KeyAttestation;
import dev.evenroll.policy.PolicyOutcome;
import dev.evenroll.policy.PolicyRule;
import dev.evenroll.validator.validation.EnrollmentCase;
import java.util.List;

/// The key is attested, where a policy asks for that: says why it is not.
///
/// Evidence that nobody asks for refuses nobody, however bad: a device sends what its firmware was built to send, to
/// every installation. It counts as none, which the event of the decision says.
public final class AttestedKey implements AboutDevice {

    @Override
    public List<RuleText> texts() {
        return KeyAttestation.texts();
    }

    @Override
    public List<Failure> judge(EnrollmentCase enrollment) {
        var justInTime = enrollment.justInTime();
        return justInTime != null
                        && justInTime.decided().outcome() instanceof PolicyOutcome.Refused refused
                        && refused.rule().equals(PolicyRule.ATTESTATION.rule())
                ? justInTime.attestation()
                : List.of();
    }
}
