package dev.evenroll.hsm.ceremony;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The steps of a ceremony, as its record names them.
public enum CeremonyStep {
    ROOT_CREATED,
    ISSUING_CREATED,
    REQUEST_WRITTEN,
    REQUEST_SIGNED,
    CHAIN_INSTALLED,
    CROSS_CERTIFIED,
    ACTIVATION_SET;

    static Optional<CeremonyStep> named(String text) {
        return Arrays.stream(values())
                .filter(step -> step.toString().equals(text))
                .findFirst();
    }

    /// `root-created`.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
