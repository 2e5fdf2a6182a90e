package dev.evenroll.validator.validation.rule;

import dev.evenroll.pki.Failure;
import dev.evenroll.validator.validation.EnrollmentCase;
import dev.evenroll.validator.validation.Requester;
import java.util.List;

/// The present certificate of a renewal is that of the device itself.
///
/// Source: DESIGN, enrollment model "renewal". A CN that nobody binds to the requester lets any valid
/// device take the place of any other.
public final class RenewalOfOwnCertificate implements Rule {

    @Override
    public List<Failure> judge(EnrollmentCase enrollment) {
        if (!(enrollment.requester() instanceof Requester.Certified certified)) {
            return List.of();
        }
        return enrollment.requesterHasNameOfDevice()
                ? List.of()
                : List.of(new Failure(
                        "renewal-own-certificate",
                        "requester certificate: is that of "
                                + EnrollmentCase.commonName(certified).orElse("nobody in particular")
                                + ", the request is for " + enrollment.deviceId()
                                + "; a device renews its own certificate only"));
    }
}
