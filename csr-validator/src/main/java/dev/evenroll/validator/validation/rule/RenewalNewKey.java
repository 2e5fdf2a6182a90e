package dev.evenroll.validator.validation.rule;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.Failure;
import dev.evenroll.validator.validation.EnrollmentCase;
import dev.evenroll.validator.validation.Requester;
import java.util.List;

/// A renewal brings a new key.
///
/// Source: DESIGN, enrollment model "renewal"; the profile `charging-station` does not allow the old key
/// (NIST SP 800-57 part 1 section 5.3: a key has a cryptoperiod).
public final class RenewalNewKey implements Rule {

    @Override
    public List<Failure> judge(EnrollmentCase enrollment) {
        if (!(enrollment.requester() instanceof Requester.Certified certified)) {
            return List.of();
        }
        var present = Der.of(certified.certificate().getPublicKey().getEncoded());
        return present.equals(enrollment.request().subjectPublicKeyInfo())
                ? List.of(new Failure(
                        "renewal-new-key",
                        "key: is that of the present certificate; make a new key pair and request again"))
                : List.of();
    }
}
