package dev.evenroll.validator.validation.rule;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.RuleText;
import dev.evenroll.validator.validation.EnrollmentCase;
import dev.evenroll.validator.validation.Requester;
import java.util.List;

/// The present certificate of a renewal was issued since the device last began anew: since it was registered, after
/// it had been decommissioned, and for its present owner.
///
/// Until somebody revokes it, whoever had the device before would else renew past everything that its registration
/// says now, the expected fingerprints included.
public final class RenewalOfFormerLife implements Rule {

    private static final RuleText FORMER_LIFE = new RuleText(
            "renewal-former-life",
            "NIST SP 800-53 AC-2; OCPP 2.0.1 A00.FR.509: O is the operator",
            "a renewal with a certificate that was issued before the device was decommissioned, or got another owner",
            "requester certificate: was issued in a former life of the device, or to another owner; "
                    + "enroll anew with the manufacturer's certificate or a token");

    @Override
    public List<RuleText> texts() {
        return List.of(FORMER_LIFE);
    }

    @Override
    public List<Failure> judge(EnrollmentCase enrollment) {
        return enrollment.requester() instanceof Requester.Certified certified && certified.ofFormerLife()
                ? List.of(FORMER_LIFE.failure())
                : List.of();
    }
}
