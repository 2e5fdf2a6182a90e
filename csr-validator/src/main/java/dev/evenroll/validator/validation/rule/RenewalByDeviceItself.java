package dev.evenroll.validator.validation.rule;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.RuleText;
import dev.evenroll.validator.validation.EnrollmentCase;
import dev.evenroll.validator.validation.EnrollmentOperation;
import dev.evenroll.validator.validation.Requester;
import java.util.List;

/// Only the device itself renews: whoever speaks for it asks for a first certificate.
public final class RenewalByDeviceItself implements Rule {

    private static final String SOURCE =
            "RFC 7030 section 4.2.2: a renewal is authenticated with the certificate that it renews";
    private static final RuleText WITH_TOKEN = new RuleText(
            "renewal-with-token",
            SOURCE,
            "a renewal asked for with a one-time token",
            "operation: simplereenroll takes the device's present certificate; a token enrolls at simpleenroll");
    private static final RuleText BY_AUTHORITY = new RuleText(
            "renewal-by-authority",
            SOURCE,
            "a renewal of another device asked for by a registration authority, or of its own certificate, which "
                    + "another CA than ours has issued",
            "operation: simplereenroll takes the device's present certificate; "
                    + "a registration authority enrolls devices at simpleenroll");

    @Override
    public List<RuleText> texts() {
        return List.of(WITH_TOKEN, BY_AUTHORITY);
    }

    @Override
    public List<Failure> judge(EnrollmentCase enrollment) {
        if (enrollment.submission().operation() != EnrollmentOperation.SIMPLE_REENROLL) {
            return List.of();
        }
        return switch (enrollment.requester()) {
            case Requester.Bearing _ -> List.of(WITH_TOKEN.failure());
            case Requester.Registering _ -> List.of(BY_AUTHORITY.failure());
            case Requester.Trusted _, Requester.Misplaced _, Requester.Untrusted _, Requester.OfUnknownOperation _ ->
                List.of();
        };
    }
}
