package dev.evenroll.validator.validation.rule;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.RuleText;
import dev.evenroll.pki.identity.EnrollmentId;
import dev.evenroll.validator.validation.EnrollmentCase;
import java.util.List;

/// The enrollment id is the one that requester and request have.
///
/// A made-up id would attach one request to the answer of another.
public final class EnrollmentIdIsGenuine implements Rule {

    private static final RuleText FORGED = new RuleText(
            "enrollment-id",
            "docs/ENROLLMENT-CYCLE.md step 1: SHA-256 of requester and request",
            "an enrollment id that is not that of requester and request",
            "enrollment id: is not that of this requester and this request; "
                    + "the enroll-gateway that sent it must be examined");

    @Override
    public List<RuleText> texts() {
        return List.of(FORGED);
    }

    @Override
    public List<Failure> judge(EnrollmentCase enrollment) {
        var submission = enrollment.submission();
        var token = submission.tokenSha256();
        var request = submission.certificationRequest();
        var genuine = token == null
                ? EnrollmentId.of(submission.requesterChain().getFirst(), request)
                : EnrollmentId.ofToken(token, request);
        return genuine.value().equals(submission.enrollmentId()) ? List.of() : List.of(FORGED.failure());
    }
}
