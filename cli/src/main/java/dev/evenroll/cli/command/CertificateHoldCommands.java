package dev.evenroll.cli.command;

import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.administration.Certificate;
import dev.evenroll.cli.administration.Inventory;
import dev.evenroll.cli.output.OutputFormat;
import dev.evenroll.cli.output.Printable;
import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.retry.FinalException;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `evenroll certificate hold` and `release`.
final class CertificateHoldCommands {

    private CertificateHoldCommands() {}

    @Command(
            name = "hold",
            description = "Withdraws a certificate until it is released or revoked. Says which and asks first.",
            footer = "Its device can neither connect nor renew meanwhile, and its renewal is not asked for.",
            mixinStandardHelpOptions = true)
    static final class Hold extends Order {

        @Override
        String question() {
            return "Put it on hold?";
        }

        @Override
        String consequence() {
            return "Its device can neither connect nor renew until it is released: evenroll certificate release";
        }

        @Override
        Certificate give(Inventory inventory, String certificateId)
                throws FaultException, FinalException, InterruptedException {
            return inventory.hold(certificateId);
        }
    }

    @Command(
            name = "release",
            description = "Takes a certificate off hold: it is as good as before. Says which and asks first.",
            mixinStandardHelpOptions = true)
    static final class Release extends Order {

        @Override
        String question() {
            return "Release it?";
        }

        @Override
        String consequence() {
            return "Whoever holds its key can connect with it again.";
        }

        @Override
        Certificate give(Inventory inventory, String certificateId)
                throws FaultException, FinalException, InterruptedException {
            return inventory.release(certificateId);
        }
    }

    /// What both have.
    abstract static class Order extends OperatorCommand {

        @Mixin
        private CertificateArgument certificate = new CertificateArgument();

        @Mixin
        private Confirmation confirmation = new Confirmation();

        abstract String question();

        abstract String consequence();

        abstract Certificate give(Inventory inventory, String certificateId)
                throws FaultException, FinalException, InterruptedException;

        @Override
        final void run(Operator operator)
                throws FaultException, FinalException, FailedCommandException, IOException, InterruptedException {
            try (var inventory = operator.inventory()) {
                var found = certificate.find(this, operator, inventory);
                confirmation.ask(
                        this,
                        question(),
                        "Nothing was changed.",
                        "Certificate " + found.serialNumber() + " of device " + Printable.line(found.deviceId()) + ", "
                                + Printable.line(found.state()) + ", valid until " + found.notAfter() + ".",
                        consequence());
                var after = give(inventory, found.certificateId());
                if (format() == OutputFormat.JSON) {
                    print(after.fields());
                } else {
                    out().println("Certificate " + after.serialNumber() + " of device "
                            + Printable.line(after.deviceId()) + " is " + Printable.line(after.state()) + " (was "
                            + Printable.line(found.state()) + ").");
                }
            }
        }
    }
}
