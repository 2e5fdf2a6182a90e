package dev.evenroll.validator.validation.rule;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.RuleText;
import dev.evenroll.validator.validation.EnrollmentCase;
import dev.evenroll.validator.validation.Requester;
import java.util.List;

/// The present certificate of a renewal is not revoked.
///
/// The gateway refuses it as well, from its own copy of certificate.revoked; a stolen key would otherwise
/// be renewed by whoever gets past the gateway.
public final class RenewalRevoked implements Rule {

    private static final RuleText REVOKED = new RuleText(
            "renewal-revoked",
            "RFC 5280 section 6.1.3 (a)(3); RFC 7030 section 3.3.2",
            "a renewal with a revoked certificate",
            "requester certificate: the present certificate is revoked; "
                    + "enroll anew with the manufacturer's certificate");

    @Override
    public List<RuleText> texts() {
        return List.of(REVOKED);
    }

    @Override
    public List<Failure> judge(EnrollmentCase enrollment) {
        return enrollment.requester() instanceof Requester.Certified certified && certified.revoked()
                ? List.of(REVOKED.failure())
                : List.of();
    }
}
