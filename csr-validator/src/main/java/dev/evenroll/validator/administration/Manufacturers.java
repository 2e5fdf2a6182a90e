package dev.evenroll.validator.administration;

import dev.evenroll.validator.registry.EnrollmentModel;
import dev.evenroll.validator.registry.Registration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// The manufacturers whose devices can prove who they are: those with a trust anchor.
///
/// @param names their names, as the anchors in force say
public record Manufacturers(Supplier<Set<String>> names) {

    /// What to tell a person who registers a device. Not a refusal: the anchor may come later.
    List<String> warningsFor(Registration registration) {
        var models = registration.enrollmentModels();
        var needed = models.contains(EnrollmentModel.FACTORY) || models.contains(EnrollmentModel.JUST_IN_TIME);
        var manufacturer = registration.manufacturer();
        return !needed || names.get().contains(manufacturer)
                ? List.of()
                : List.of("manufacturer: there is no trust anchor named \"" + manufacturer
                        + "\", so that the device can not enroll with its manufacturer's certificate; add "
                        + manufacturer + ".pem to the directories of trust anchors of csr-validator and "
                        + "enroll-gateway");
    }
}
