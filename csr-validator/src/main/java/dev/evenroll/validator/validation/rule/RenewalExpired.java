package dev.evenroll.validator.validation.rule;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.RuleText;
import dev.evenroll.validator.validation.EnrollmentCase;
import dev.evenroll.validator.validation.Requester;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/// The present certificate of a renewal has not expired, or not for longer than the policies overlook; then a
/// person has to approve the renewal.
public final class RenewalExpired implements Rule {

    private static final RuleText EXPIRED = new RuleText(
            "renewal-expired",
            "RFC 5280 section 6.1.3 (a)(2)",
            "a renewal with an expired certificate, where the policies grant no grace",
            "requester certificate: expired on <day>; enroll anew with the manufacturer's certificate or a token");
    private static final RuleText BEYOND_GRACE = new RuleText(
            "renewal-expired",
            "OCPP 2.0.1 A00.FR.429: an expired station is let in only when configured so",
            "a renewal with a certificate that has expired for longer than the grace of the policies",
            "requester certificate: expired on <day>, and a renewal was possible until <last day>; "
                    + "enroll anew with the manufacturer's certificate or a token");

    @Override
    public List<RuleText> texts() {
        return List.of(EXPIRED, BEYOND_GRACE);
    }

    @Override
    public List<Failure> judge(EnrollmentCase enrollment) {
        if (!(enrollment.requester() instanceof Requester.Certified certified)
                || !enrollment.isBeyondGrace(certified)) {
            return List.of();
        }
        var end = day(certified.certificate().getNotAfter().toInstant());
        return List.of(
                enrollment.renewalGrace().isZero()
                        ? EXPIRED.failure(end)
                        : BEYOND_GRACE.failure(end, day(enrollment.endOfGrace(certified))));
    }

    private static String day(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC).toLocalDate().toString();
    }
}
