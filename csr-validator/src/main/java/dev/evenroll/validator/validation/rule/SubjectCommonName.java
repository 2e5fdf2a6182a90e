package dev.evenroll.validator.validation.rule;

import dev.evenroll.pki.Failure;
import dev.evenroll.validator.validation.EnrollmentCase;
import java.util.List;
import java.util.Optional;

/// The subject has one CN, the serial number of the device.
///
/// Source: OCPP 2.0.1 A00.FR.511.
public final class SubjectCommonName implements Rule {

    @Override
    public List<Failure> judge(EnrollmentCase enrollment) {
        var expected = Optional.of(enrollment.deviceId().value());
        return enrollment.request().commonName().equals(expected)
                ? List.of()
                : List.of(new Failure(
                        "subject-common-name",
                        "subject: must have exactly one CN, the device's serial number " + enrollment.deviceId()
                                + "; make the request again with it"));
    }
}
