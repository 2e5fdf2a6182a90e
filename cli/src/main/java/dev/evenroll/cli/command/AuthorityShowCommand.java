package dev.evenroll.cli.command;

import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.output.OutputFormat;
import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.retry.FinalException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `evenroll authority show`.
@Command(name = "show", description = "Shows one registration authority.", mixinStandardHelpOptions = true)
final class AuthorityShowCommand extends OperatorCommand {

    @Parameters(
            paramLabel = "NAME",
            converter = AuthorityNameArgument.class,
            description = "Common name of its certificate.")
    private String name = "";

    @Override
    void run(Operator operator) throws FaultException, FinalException, FailedCommandException, InterruptedException {
        try (var authorities = operator.authorities()) {
            var found = authorities.show(name);
            if (format() == OutputFormat.JSON) {
                print(found.fields());
            } else {
                Facts.print(found.fields(), out());
            }
        }
    }
}
