package dev.evenroll.validator.validation.rule;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.RuleText;
import dev.evenroll.validator.validation.EnrollmentCase;
import java.util.List;

/// The device has not more certificates than one device needs.
///
/// A device that makes a new key each time, broken or in the hands of a thief, could else have any number, and every
/// one is looked at with each of its requests. A life of renewals never comes near the limit: a certificate that was
/// used retires those before it.
public final class MostCertificates implements AboutDevice {

    private static final RuleText TOO_MANY = new RuleText(
            "certificate-limit",
            "evenroll.profile.most-certificates; NIST SP 800-53 SC-6 (resource availability)",
            "a device with as many certificates in use, or enrollments under way, as one may have",
            "device: <device> has <number> certificates in use or under way, and no more than <most> are allowed; renew "
                    + "with the newest, which retires the others, or have those revoked that are not in use");

    @Override
    public List<RuleText> texts() {
        return List.of(TOO_MANY);
    }

    @Override
    public List<Failure> judge(EnrollmentCase enrollment) {
        var most = enrollment.profile().mostCertificates();
        var others = enrollment
                .circumstances()
                .certificates()
                .othersInUse(enrollment.submission().enrollmentId(), enrollment.usedNotBefore(), enrollment.now());
        return others < most
                ? List.of()
                : List.of(
                        TOO_MANY.failure(enrollment.deviceId().value(), Long.toString(others), Integer.toString(most)));
    }
}
