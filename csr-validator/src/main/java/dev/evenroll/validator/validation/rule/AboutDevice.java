package dev.evenroll.validator.validation.rule;

import dev.evenroll.pki.Failure;
import dev.evenroll.validator.validation.EnrollmentCase;
import java.util.List;

/// A rule whose findings tell what the registry holds of the device: they are for those who speak for it.
interface AboutDevice extends Rule {

    @Override
    default List<Failure> told(EnrollmentCase enrollment, List<Failure> found) {
        return found.isEmpty() || enrollment.requesterSpeaksForDevice() ? found : List.of();
    }
}
