package dev.evenroll.validator.validation.rule;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.RuleText;
import dev.evenroll.validator.validation.EnrollmentCase;
import dev.evenroll.validator.validation.Requester;
import java.util.List;

/// The present certificate of a renewal is not one that the device has replaced and left.
///
/// Once the device has used a later one, whoever still comes with the earlier one is not the device.
public final class RenewalRetired implements Rule {

    private static final RuleText RETIRED = new RuleText(
            "renewal-superseded",
            "RFC 5280 section 5.3.1 (superseded); OCPP 2.0.1 A00.FR.427: one certificate per station",
            "a renewal with a certificate older than one that the device has already renewed with",
            "requester certificate: was replaced by a later one, which the device has used since; "
                    + "renew with the latest, or enroll anew with the manufacturer's certificate");

    @Override
    public List<RuleText> texts() {
        return List.of(RETIRED);
    }

    @Override
    public List<Failure> judge(EnrollmentCase enrollment) {
        // Of another device the requester would learn when that one last renewed.
        return enrollment.requester() instanceof Requester.Certified certified
                        && enrollment.requesterHasNameOfDevice()
                        && enrollment.isRetired(certified)
                ? List.of(RETIRED.failure())
                : List.of();
    }
}
