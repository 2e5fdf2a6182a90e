package dev.evenroll.validator.validation.rule;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.request.KeyRules;
import dev.evenroll.validator.validation.EnrollmentCase;
import java.util.List;

/// The sender holds the private key.
///
/// Source: RFC 2986 section 4.2 (the signature of a request), RFC 7030 section 3.4.
public final class ProofOfPossession implements Rule {

    @Override
    public List<Failure> judge(EnrollmentCase enrollment) {
        if (!KeyRules.judge(enrollment.request().subjectPublicKeyInfo()).isEmpty()) {
            // The key is refused already, and one chosen to be slow would hold up everybody else.
            return List.of();
        }
        return enrollment.request().possessionProblem().stream().toList();
    }
}
