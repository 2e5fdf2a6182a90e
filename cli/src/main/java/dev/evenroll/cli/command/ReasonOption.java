package dev.evenroll.cli.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Why a person decides something: it goes into the audit log with it.
final class ReasonOption {

    @Option(
            names = "--reason",
            required = true,
            paramLabel = "TEXT",
            description = "Why, for whoever looks at it later.")
    private @Nullable String reason;

    String text(OperatorCommand command) {
        if (reason == null || reason.isBlank()) {
            throw command.usage("--reason is empty: say why, for whoever looks at it later");
        }
        return reason;
    }
}
