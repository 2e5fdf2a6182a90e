package dev.evenroll.validator.validation.rule;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.RuleText;
import dev.evenroll.validator.validation.EnrollmentCase;
import dev.evenroll.validator.validation.Requester;
import java.util.List;

/// The registration authority is entered and active.
///
/// A certificate with id-kp-cmcRA alone makes nobody an authority here: an operator has to say for what. An authority
/// whose key is stolen is taken out by a registrar: its certificates come from CAs of the operator's choice and are
/// in no inventory that this service could ask.
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

    @Override
    public List<RuleText> texts() {
        return List.of(UNKNOWN, INACTIVE);
    }

    @Override
    public List<Failure> judge(EnrollmentCase enrollment) {
        if (!(enrollment.requester() instanceof Requester.Registering registering)) {
            return List.of();
        }
        if (registering.authority() == null) {
            return List.of(UNKNOWN.failure(registering.name()));
        }
        return registering.authority().active() ? List.of() : List.of(INACTIVE.failure(registering.name()));
    }
}
