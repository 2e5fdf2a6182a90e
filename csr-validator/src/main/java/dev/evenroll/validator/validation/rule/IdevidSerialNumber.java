package dev.evenroll.validator.validation.rule;

import dev.evenroll.pki.Failure;
import dev.evenroll.validator.validation.EnrollmentCase;
import dev.evenroll.validator.validation.Requester;
import java.util.List;
import java.util.Optional;

/// The manufacturer's certificate is that of the device itself.
///
/// Source: IEEE 802.1AR-2018 section 8.6: the subject's serialNumber attribute identifies the device.
public final class IdevidSerialNumber implements Rule {

    @Override
    public List<Failure> judge(EnrollmentCase enrollment) {
        if (!(enrollment.requester() instanceof Requester.Manufactured manufactured)) {
            return List.of();
        }
        return enrollment.requesterHasNameOfDevice()
                ? List.of()
                : List.of(new Failure(
                        "idevid-serial-number", message(enrollment, EnrollmentCase.serialNumber(manufactured))));
    }

    private static String message(EnrollmentCase enrollment, Optional<String> serialNumber) {
        return serialNumber
                .map(other -> "requester certificate: is that of the device " + other + ", the request is for "
                        + enrollment.deviceId() + "; a device enrolls for itself only")
                .orElse("requester certificate: has no single serialNumber attribute in its subject (IEEE 802.1AR); "
                        + "use the device's IDevID certificate");
    }
}
