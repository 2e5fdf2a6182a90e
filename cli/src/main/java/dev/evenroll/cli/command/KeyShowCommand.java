package dev.evenroll.cli.command;

import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.output.OutputFormat;
import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.retry.FinalException;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `evenroll key show`.
@Command(
        name = "show",
        description = "Shows whose a public key is, which certificates carry it, and whether it is blocked.",
        mixinStandardHelpOptions = true)
final class KeyShowCommand extends OperatorCommand {

    @Mixin
    private KeyArgument key = new KeyArgument();

    @Override
    void run(Operator operator)
            throws FaultException, FinalException, FailedCommandException, IOException, InterruptedException {
        var sha256 = key.sha256(this);
        try (var keys = operator.keys()) {
            var found = keys.key(sha256);
            if (format() == OutputFormat.JSON) {
                print(found.fields());
            } else {
                Facts.print(found.fields(), out());
            }
        }
    }
}
