package dev.evenroll.validator.validation.rule;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.RuleText;
import dev.evenroll.validator.validation.EnrollmentCase;
import java.util.List;
import java.util.Optional;

/// The subject has one CN, the serial number of the device.
public final class SubjectCommonName implements Rule {

    private static final RuleText OTHER_NAME = new RuleText(
            "subject-common-name",
            "OCPP 2.0.1 A00.FR.511",
            "a subject without exactly one CN, or with that of another device",
            "subject: must have exactly one CN, the device's serial number <device>; make the request again with it");

    @Override
    public List<RuleText> texts() {
        return List.of(OTHER_NAME);
    }

    @Override
    public List<Failure> judge(EnrollmentCase enrollment) {
        var expected = enrollment.deviceId().value();
        return enrollment.request().commonName().equals(Optional.of(expected))
                ? List.of()
                : List.of(OTHER_NAME.failure(expected));
    }
}
