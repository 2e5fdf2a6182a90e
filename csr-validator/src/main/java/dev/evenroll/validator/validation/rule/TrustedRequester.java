package dev.evenroll.validator.validation.rule;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.RuleText;
import dev.evenroll.validator.validation.EnrollmentCase;
import dev.evenroll.validator.validation.Requester;
import java.util.List;

/// The requester's chain leads to an anchor of the operation's kind, now.
///
/// The gateway has verified it already; this service believes what it has verified itself.
public final class TrustedRequester implements Rule {

    private static final RuleText RENEWAL_WITH_IDEVID = new RuleText(
            "renewal-with-idevid",
            "RFC 7030 section 4.2.2",
            "a renewal asked for with the manufacturer's certificate",
            "requester certificate: is a manufacturer's certificate (IDevID), which enrolls at "
                    + "simpleenroll; simplereenroll takes the device's present certificate");
    private static final RuleText ENROLLMENT_WITH_PRESENT_CERTIFICATE = new RuleText(
            "enrollment-with-present-certificate",
            "RFC 7030 section 4.2.1",
            "a first certificate asked for with a certificate of ours",
            "requester certificate: is a device's present certificate, which renews at "
                    + "simplereenroll; simpleenroll takes the manufacturer's certificate (IDevID)");
    private static final RuleText UNTRUSTED = new RuleText(
            "requester-untrusted",
            "RFC 5280 section 6.1; RFC 7030 section 3.3.2",
            "a requester whose chain leads to no anchor of its kind, or is not valid now",
            "requester certificate: <problem>; <advice>");
    private static final RuleText UNKNOWN_OPERATION = new RuleText(
            "operation-unknown",
            "RFC 7030 section 4.2; what is not understood is not trusted",
            "an operation that this version does not know",
            "operation: is one that this version of csr-validator does not know; have it upgraded, "
                    + "or use simpleenroll or simplereenroll");

    @Override
    public List<RuleText> texts() {
        return List.of(RENEWAL_WITH_IDEVID, ENROLLMENT_WITH_PRESENT_CERTIFICATE, UNTRUSTED, UNKNOWN_OPERATION);
    }

    @Override
    public List<Failure> judge(EnrollmentCase enrollment) {
        return switch (enrollment.requester()) {
            case Requester.Trusted _, Requester.Registering _, Requester.Bearing _ -> List.of();
            case Requester.Misplaced(Requester.Manufactured _) -> List.of(RENEWAL_WITH_IDEVID.failure());
            case Requester.Misplaced(Requester.Certified _) -> List.of(ENROLLMENT_WITH_PRESENT_CERTIFICATE.failure());
            case Requester.Untrusted(String problem, String advice) -> List.of(UNTRUSTED.failure(problem, advice));
            case Requester.OfUnknownOperation _ -> List.of(UNKNOWN_OPERATION.failure());
        };
    }
}
