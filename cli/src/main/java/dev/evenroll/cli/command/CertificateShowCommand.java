package dev.evenroll.cli.command;

import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.output.OutputFormat;
import dev.evenroll.cli.output.Printable;
import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.retry.FinalException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `evenroll certificate show`.
@Command(name = "show", description = "Shows one certificate, with its PEM.", mixinStandardHelpOptions = true)
final class CertificateShowCommand extends OperatorCommand {

    @Mixin
    private CertificateArgument certificate = new CertificateArgument();

    @Override
    void run(Operator operator) throws FaultException, FinalException, FailedCommandException, InterruptedException {
        var id = certificate
                .id(operator)
                .orElseThrow(() -> usage("CERTIFICATE is neither a certificate id nor a serial number"));
        try (var inventory = operator.inventory()) {
            var found = inventory.certificate(id.value());
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
