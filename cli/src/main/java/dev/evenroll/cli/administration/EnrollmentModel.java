package dev.evenroll.cli.administration;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// A way in which a device may get its certificates. It is written in lower case with hyphens everywhere.
public enum EnrollmentModel {
    /// By its manufacturer certificate, or by a factory line.
    FACTORY,
    /// By the one-time token of an installer.
    FIELD,
    /// By its manufacturer certificate, under a written policy.
    JUST_IN_TIME,
    /// By the local controller of its site.
    CENTRAL_GATEWAY;

    /// What a device has of which nothing is said.
    public static final List<EnrollmentModel> UNSAID = List.of(FACTORY);

    /// Every model, for messages: `factory, field, ...`.
    public static final String ALL =
            Arrays.stream(values()).map(EnrollmentModel::toString).collect(Collectors.joining(", "));

    /// The model of this name: `just-in-time`, or `JUST_IN_TIME`, as it was written formerly.
    public static Optional<EnrollmentModel> named(String text) {
        var name = text.replace('-', '_').toUpperCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(model -> model.name().equals(name))
                .findFirst();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
