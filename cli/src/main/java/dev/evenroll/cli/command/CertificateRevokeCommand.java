package dev.evenroll.cli.command;

import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.administration.Certificate;
import dev.evenroll.cli.administration.RevocationReason;
import dev.evenroll.cli.output.OutputFormat;
import dev.evenroll.cli.output.Printable;
import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.retry.FinalException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `evenroll certificate revoke`.
@Command(
        name = "revoke",
        description = "Revokes a certificate, for ever. Says what will be revoked and asks first.",
        mixinStandardHelpOptions = true)
final class CertificateRevokeCommand extends OperatorCommand {

    private static final String REVOKED = "revoked";

    @Mixin
    private CertificateArgument certificate = new CertificateArgument();

    @Option(names = "--reason", required = true, paramLabel = "REASON", description = "Why: ${COMPLETION-CANDIDATES}.")
    private @Nullable RevocationReason reason;

    @Mixin
    private Confirmation confirmation = new Confirmation();

    @Override
    void run(Operator operator)
            throws FaultException, FinalException, FailedCommandException, IOException, InterruptedException {
        if (reason == null) {
            throw usage("Missing required option: '--reason'");
        }
        try (var inventory = operator.inventory()) {
            var found = certificate.find(this, operator, inventory);
            if (!found.state().equals(REVOKED)) {
                ask(found, reason);
            }
            var revoked = inventory.revoke(found.certificateId(), reason);
            if (format() == OutputFormat.JSON) {
                print(revoked.fields());
            } else {
                say(found, revoked);
            }
        }
    }

    private void ask(Certificate found, RevocationReason why) throws FailedCommandException, IOException {
        confirmation.ask(
                this,
                "Revoke it?",
                "Nothing was revoked.",
                "Certificate " + found.serialNumber() + " of device " + Printable.line(found.deviceId())
                        + ", valid until " + found.notAfter() + ", will be revoked (" + why + ").",
                "This can not be undone: the device has to enroll again.");
    }

    private void say(Certificate before, Certificate revoked) {
        boolean again = before.state().equals(REVOKED);
        out().println("Certificate " + revoked.serialNumber() + " of device " + Printable.line(revoked.deviceId())
                + (again ? " had been revoked before" : " is revoked")
                + revoked.reason().map(why -> " (" + Printable.line(why) + ")").orElse("") + ".");
        revoked.crlUrl()
                .ifPresent(
                        url -> out().println((again ? "It is in " : "Within seconds it is in ") + Printable.line(url)));
    }
}
