package dev.evenroll.validator.validation.rule;

import dev.evenroll.pki.Failure;
import dev.evenroll.validator.validation.EnrollmentCase;
import dev.evenroll.validator.validation.Requester;
import java.util.List;

/// The requester's chain leads to an anchor of the operation's kind, now.
///
/// Source: RFC 7030 section 3.3.2 (client authentication), RFC 5280 section 6.1. The gateway has
/// verified it already; this service believes what it has verified itself.
public final class TrustedRequester implements Rule {

    @Override
    public List<Failure> judge(EnrollmentCase enrollment) {
        return switch (enrollment.requester()) {
            case Requester.Trusted _ -> List.of();
            case Requester.Misplaced(Requester.Manufactured _) ->
                List.of(new Failure(
                        "renewal-with-idevid",
                        "requester certificate: is a manufacturer's certificate (IDevID), which enrolls at "
                                + "simpleenroll; simplereenroll takes the device's present certificate"));
            case Requester.Misplaced(Requester.Certified _) ->
                List.of(new Failure(
                        "enrollment-with-present-certificate",
                        "requester certificate: is a device's present certificate, which renews at "
                                + "simplereenroll; simpleenroll takes the manufacturer's certificate (IDevID)"));
            case Requester.Untrusted(String reason) -> List.of(new Failure("requester-untrusted", reason));
            case Requester.OfUnknownOperation _ ->
                List.of(new Failure(
                        "operation-unknown",
                        "operation: is one that this version of csr-validator does not know; have it upgraded, "
                                + "or use simpleenroll or simplereenroll"));
        };
    }
}
