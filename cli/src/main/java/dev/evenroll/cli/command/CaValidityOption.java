package dev.evenroll.cli.command;

import java.time.Duration;
import picocli.CommandLine.Option;

/// The option `--validity` of an issuing CA.
final class CaValidityOption {

    @Option(
            names = "--validity",
            paramLabel = "TIME",
            converter = DurationArgument.class,
            defaultValue = "1825d",
            description = "How long the issuing CA is valid (default 1825d, 5 years).")
    private Duration validity = Duration.ofDays(1825);

    Duration validity() {
        return validity;
    }
}
