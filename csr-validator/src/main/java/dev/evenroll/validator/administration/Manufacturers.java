package dev.evenroll.validator.administration;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// The manufacturers whose devices can prove who they are: those with a trust anchor.
///
/// @param names their names, as the anchors in force say
public record Manufacturers(Supplier<Set<String>> names) {

    /// What to tell a person who registers a device of this manufacturer. Not a refusal: the anchor may come
    /// later.
    List<String> warningsFor(String manufacturer) {
        return names.get().contains(manufacturer)
                ? List.of()
                : List.of("manufacturer: there is no trust anchor named \"" + manufacturer
                        + "\", so that the device can not enroll; add " + manufacturer
                        + ".pem to the directories of trust anchors of csr-validator and enroll-gateway");
    }
}
