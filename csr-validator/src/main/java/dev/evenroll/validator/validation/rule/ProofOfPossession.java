package dev.evenroll.validator.validation.rule;

import dev.evenroll.pki.Failure;
import dev.evenroll.validator.validation.EnrollmentCase;
import java.util.List;

/// The sender holds the private key.
///
/// Source: RFC 2986 section 4.2 (the signature of a request), RFC 7030 section 3.4.
public final class ProofOfPossession implements Rule {

    @Override
    public List<Failure> judge(EnrollmentCase enrollment) {
        return enrollment.request().possessionProblem().stream().toList();
    }
}
