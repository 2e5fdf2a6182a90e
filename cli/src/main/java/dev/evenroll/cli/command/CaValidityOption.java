package dev.evenroll.cli.command;

import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// The option `--validity` of an issuing CA.
final class CaValidityOption {

    private static final Duration SHORTEST = Duration.ofDays(1);

    @Option(
            names = "--validity",
            paramLabel = "TIME",
            converter = Validity.class,
            defaultValue = "1825d",
            description = "How long the issuing CA is valid (default 1825d, 5 years); a day at least.")
    private Duration validity = Duration.ofDays(1825);

    Duration validity() {
        return validity;
    }

    /// Refuses what would be found to be over when keys are made and certificates signed already.
    static final class Validity implements ITypeConverter<Duration> {

        @Override
        public Duration convert(String value) {
            var validity = new DurationArgument().convert(value);
            if (validity.compareTo(SHORTEST) < 0) {
                throw new TypeConversionException(
                        "'" + value + "' is less than a day, too short for a CA; write 1825d, for example");
            }
            return validity;
        }
    }
}
