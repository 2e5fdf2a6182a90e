package dev.evenroll.validator.administration;

import dev.evenroll.validator.registry.EnrollmentModel;
import dev.evenroll.validator.registry.Registration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// The manufacturers whose devices can prove who they are: those with a trust anchor.
///
/// @param names their names, as the anchors in force say
public record Manufacturers(Supplier<Set<String>> names) {

    /// What to tell a person who registers devices, once for each manufacturer. Not a refusal: the anchor may come
    /// later.
    List<String> warningsFor(Collection<Registration> registrations) {
        var known = names.get();
        return registrations.stream()
                .filter(Manufacturers::needsAnchor)
                .map(Registration::manufacturer)
                .distinct()
                .filter(manufacturer -> !known.contains(manufacturer))
                .map(Manufacturers::warning)
                .toList();
    }

    private static boolean needsAnchor(Registration registration) {
        var models = registration.enrollmentModels();
        return models.contains(EnrollmentModel.FACTORY) || models.contains(EnrollmentModel.JUST_IN_TIME);
    }

    private static String warning(String manufacturer) {
        return "manufacturer: there is no trust anchor named \"" + manufacturer
                + "\", so that its devices can not enroll with the manufacturer's certificate; add "
                + manufacturer + ".pem to the directories of trust anchors of csr-validator and enroll-gateway";
    }
}
