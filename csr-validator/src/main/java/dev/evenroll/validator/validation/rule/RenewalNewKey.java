package dev.evenroll.validator.validation.rule;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.Failure;
import dev.evenroll.pki.RuleText;
import dev.evenroll.validator.validation.EnrollmentCase;
import dev.evenroll.validator.validation.Requester;
import java.util.List;

/// A renewal brings a new key, unless the profile lets it keep the old one. Keys of former certificates are
/// refused when the key is claimed: they are known only there.
public final class RenewalNewKey implements Rule {

    private static final RuleText SAME_KEY = new RuleText(
            "renewal-new-key",
            "NIST SP 800-57 part 1 rev. 5 section 5.3 (cryptoperiods); evenroll.profile.same-key-on-renewal",
            "a renewal for the key of the present certificate, where the profile does not allow it",
            "key: is that of the present certificate; make a new key pair and request again");

    @Override
    public List<RuleText> texts() {
        return List.of(SAME_KEY);
    }

    @Override
    public List<Failure> judge(EnrollmentCase enrollment) {
        if (!(enrollment.requester() instanceof Requester.Certified certified) || !enrollment.newKeyRequired()) {
            return List.of();
        }
        var present = Der.of(certified.certificate().getPublicKey().getEncoded());
        return present.equals(enrollment.request().subjectPublicKeyInfo()) ? List.of(SAME_KEY.failure()) : List.of();
    }
}
