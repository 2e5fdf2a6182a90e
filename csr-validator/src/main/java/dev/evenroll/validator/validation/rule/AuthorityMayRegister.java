package dev.evenroll.validator.validation.rule;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.RuleText;
import dev.evenroll.validator.validation.EnrollmentCase;
import dev.evenroll.validator.validation.Requester;
import java.util.ArrayList;
import java.util.List;

/// The registration authority is entered, active, and its certificate not revoked.
///
/// A certificate with id-kp-cmcRA alone makes nobody an authority here: an operator has to say for what.
public final class AuthorityMayRegister implements Rule {

    private static final RuleText UNKNOWN = new RuleText(
            "authority-unknown",
            "RFC 6402 section 2.10; NIST SP 800-53 AC-3: authority is given, not assumed",
            "a registration authority that is not entered here",
            "requester certificate: is that of the registration authority \"<name>\", which is not entered here; "
                    + "have a registrar enter it under the CN of its certificate");
    private static final RuleText INACTIVE = new RuleText(
            "authority-inactive",
            "RFC 6402 section 2.10; NIST SP 800-53 AC-2",
            "a registration authority that a registrar has taken out",
            "requester certificate: is that of the registration authority \"<name>\", which is not active; "
                    + "have a registrar activate it");
    private static final RuleText REVOKED = new RuleText(
            "authority-revoked",
            "RFC 5280 section 6.1.3 (a)(3)",
            "a registration authority whose certificate is revoked",
            "requester certificate: that of the registration authority \"<name>\" is revoked; "
                    + "have a new one issued to it");

    @Override
    public List<RuleText> texts() {
        return List.of(UNKNOWN, INACTIVE, REVOKED);
    }

    @Override
    public List<Failure> judge(EnrollmentCase enrollment) {
        if (!(enrollment.requester() instanceof Requester.Registering registering)) {
            return List.of();
        }
        var failures = new ArrayList<Failure>();
        if (registering.authority() == null) {
            failures.add(UNKNOWN.failure(registering.name()));
        } else if (!registering.authority().active()) {
            failures.add(INACTIVE.failure(registering.name()));
        }
        if (registering.revoked()) {
            failures.add(REVOKED.failure(registering.name()));
        }
        return List.copyOf(failures);
    }
}
