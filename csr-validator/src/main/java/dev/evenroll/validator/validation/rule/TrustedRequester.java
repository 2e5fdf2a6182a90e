package dev.evenroll.validator.validation.rule;

import dev.evenroll.pki.Failure;
import dev.evenroll.validator.validation.EnrollmentCase;
import dev.evenroll.validator.validation.Requester;
import java.util.List;

/// The requester's chain leads to an anchor of the operation's kind, now.
///
/// Source: RFC 7030 section 3.3.2 (client authentication), RFC 5280 section 6.1. The gateway has verified it
/// already; this service believes what it has verified itself.
public final class TrustedRequester implements Rule {

    @Override
    public List<Failure> judge(EnrollmentCase enrollment) {
        return enrollment.requester() instanceof Requester.Untrusted(String reason)
                ? List.of(new Failure("requester-untrusted", reason))
                : List.of();
    }
}
