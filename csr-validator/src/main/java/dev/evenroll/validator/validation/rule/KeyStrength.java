package dev.evenroll.validator.validation.rule;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.request.KeyRules;
import dev.evenroll.validator.validation.EnrollmentCase;
import java.util.List;

/// The key is of an accepted kind, long enough, and not one of those known to be breakable.
///
/// Source: NIST SP 800-57 part 1 and SP 800-131A, OCPP 2.0.1 A00.FR.502-506; each rule of [KeyRules] names
/// its own.
public final class KeyStrength implements Rule {

    @Override
    public List<Failure> judge(EnrollmentCase enrollment) {
        return KeyRules.judge(enrollment.request().subjectPublicKeyInfo());
    }
}
