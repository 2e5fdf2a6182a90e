package dev.evenroll.validator.validation.rule;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.RuleText;
import dev.evenroll.pki.request.CertificationRequest;
import dev.evenroll.validator.validation.EnrollmentCase;
import java.util.List;

/// The sender holds the private key.
public final class ProofOfPossession implements Rule {

    @Override
    public List<RuleText> texts() {
        return CertificationRequest.possessionTexts();
    }

    @Override
    public List<Failure> judge(EnrollmentCase enrollment) {
        // The key is refused already, and one chosen to be slow would hold up everybody else.
        return enrollment.keyFailures().isEmpty()
                ? enrollment.request().possessionProblem().stream().toList()
                : List.of();
    }
}
