package dev.evenroll.validator.administration;

import java.util.List;
import java.util.Set;

/// The manufacturers whose devices can prove who they are: those with a trust anchor.
///
/// @param names names of the anchors
public record Manufacturers(Set<String> names) {

    public Manufacturers {
        names = Set.copyOf(names);
    }

    /// What to tell a person who registers a device of this manufacturer. Not a refusal: the anchor may come
    /// later.
    List<String> warningsFor(String manufacturer) {
        return names.contains(manufacturer)
                ? List.of()
                : List.of("manufacturer: there is no trust anchor named \"" + manufacturer
                        + "\", so that the device can not enroll; add " + manufacturer
                        + ".pem to the directory of trust anchors and restart csr-validator and enroll-gateway");
    }
}
