package dev.evenroll.cli.command;

import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.output.OutputFormat;
import dev.evenroll.cli.output.Printable;
import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.retry.FinalException;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `evenroll certificate show`.
@Command(name = "show", description = "Shows one certificate, with its PEM.", mixinStandardHelpOptions = true)
final class CertificateShowCommand extends OperatorCommand {

    @Mixin
    private CertificateArgument certificate = new CertificateArgument();

    @Override
    void run(Operator operator)
            throws FaultException, FinalException, FailedCommandException, IOException, InterruptedException {
        try (var inventory = operator.inventory()) {
            var found = certificate.find(this, operator, inventory);
            if (format() == OutputFormat.JSON) {
                print(found.fields());
                return;
            }
            var facts = found.fields();
            facts.remove("pem");
            Facts.print(facts, out());
            found.pem().ifPresent(pem -> out().print(Printable.text(pem)));
        }
    }
}
