package dev.evenroll.validator.validation.rule;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.RuleText;
import dev.evenroll.validator.validation.EnrollmentCase;
import dev.evenroll.validator.validation.Requester;
import java.util.List;

/// The present certificate of a renewal is that of the device itself.
///
/// A CN that nobody binds to the requester lets any valid device take the place of any other.
public final class RenewalOfOwnCertificate implements Rule {

    private static final RuleText OTHER_DEVICE = new RuleText(
            "renewal-own-certificate",
            "RFC 7030 section 4.2.2; OCPP 2.0.1 A00.FR.405",
            "a renewal with the certificate of another device",
            "requester certificate: is that of <other>, the request is for <device>; "
                    + "a device renews its own certificate only");

    @Override
    public List<RuleText> texts() {
        return List.of(OTHER_DEVICE);
    }

    @Override
    public List<Failure> judge(EnrollmentCase enrollment) {
        return enrollment.requester() instanceof Requester.Certified certified && !enrollment.requesterHasNameOfDevice()
                ? List.of(OTHER_DEVICE.failure(
                        EnrollmentCase.commonName(certified.certificate()).orElse("nobody in particular"),
                        enrollment.deviceId().value()))
                : List.of();
    }
}
