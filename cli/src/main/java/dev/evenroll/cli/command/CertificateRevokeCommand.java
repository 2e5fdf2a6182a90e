package dev.evenroll.cli.command;

import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.administration.Certificate;
import dev.evenroll.cli.administration.Inventory;
import dev.evenroll.cli.administration.RevocationReason;
import dev.evenroll.cli.output.OutputFormat;
import dev.evenroll.cli.output.Printable;
import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.retry.FinalException;
import dev.evenroll.pki.identity.DeviceId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `evenroll certificate revoke`.
@Command(
        name = "revoke",
        description = "Revokes a certificate, those of a device, or those that carry a key, for ever. Says what will be"
                + " revoked and asks first.",
        mixinStandardHelpOptions = true)
final class CertificateRevokeCommand extends OperatorCommand {

    @Mixin
    private CertificateArgument certificate = new CertificateArgument();

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            converter = DeviceArgument.class,
            description = "Every certificate of this device.")
    private @Nullable DeviceId device;

    @Option(
            names = "--key",
            paramLabel = "SHA256",
            description = "Every certificate that carries the key with this SHA-256 of its SubjectPublicKeyInfo.")
    private @Nullable String key;

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
        long given = Stream.of(device, key).filter(Objects::nonNull).count() + (certificate.isGiven() ? 1 : 0);
        if (given != 1) {
            throw usage("Name what to revoke: give CERTIFICATE, --device or --key"
                    + (given == 0 ? "" : ", and only one of them"));
        }
        try (var inventory = operator.inventory()) {
            if (certificate.isGiven()) {
                revokeOne(inventory, certificate.find(this, operator, inventory), reason);
            } else {
                revokeAll(inventory, carriers(operator, inventory), reason);
            }
        }
    }

    private void revokeOne(Inventory inventory, Certificate found, RevocationReason why)
            throws FaultException, FinalException, FailedCommandException, IOException, InterruptedException {
        if (!found.isRevoked()) {
            ask(List.of(found), why);
        }
        var revoked = inventory.revoke(found.certificateId(), why);
        if (format() == OutputFormat.JSON) {
            print(revoked.fields());
        } else {
            say(revoked, found.isRevoked());
        }
    }

    private List<Certificate> carriers(Operator operator, Inventory inventory)
            throws FaultException, FinalException, FailedCommandException, InterruptedException {
        if (device != null) {
            return inventory.ofDevice(device.value());
        }
        var found = new ArrayList<Certificate>();
        try (var keys = operator.keys()) {
            for (var id :
                    keys.key(KeyArgument.digest(this, String.valueOf(key))).certificateIds()) {
                found.add(inventory.certificate(id));
            }
        }
        return found;
    }

    private void revokeAll(Inventory inventory, List<Certificate> found, RevocationReason why)
            throws FaultException, FinalException, FailedCommandException, IOException, InterruptedException {
        var good = found.stream().filter(each -> !each.hasEnded()).toList();
        var revoked = new ArrayList<Certificate>();
        if (!good.isEmpty()) {
            ask(good, why);
            if (device != null) {
                revoked.addAll(inventory.revokeDevice(device.value(), why));
            } else {
                for (var each : good) {
                    revoked.add(inventory.revoke(each.certificateId(), why));
                }
            }
        }
        if (format() == OutputFormat.JSON) {
            print(Map.of(
                    "certificates", revoked.stream().map(Certificate::fields).toList()));
        } else if (revoked.isEmpty()) {
            out().println("There is nothing to revoke: "
                    + (found.isEmpty() ? "no certificate is known." : "all are revoked or expired."));
        } else {
            revoked.forEach(each -> say(each, false));
        }
    }

    private void ask(List<Certificate> found, RevocationReason why) throws FailedCommandException, IOException {
        var lines = new ArrayList<String>();
        for (var each : found) {
            lines.add("Certificate " + each.serialNumber() + " of device " + Printable.line(each.deviceId())
                    + ", valid until " + each.notAfter() + ", will be revoked (" + why + ").");
        }
        lines.add("This can not be undone: the device has to enroll again.");
        confirmation.ask(
                this,
                found.size() == 1 ? "Revoke it?" : "Revoke all " + found.size() + "?",
                "Nothing was revoked.",
                lines.toArray(String[]::new));
    }

    /// @param again whether it had been revoked before
    private void say(Certificate revoked, boolean again) {
        out().println("Certificate " + revoked.serialNumber() + " of device " + Printable.line(revoked.deviceId())
                + (again ? " had been revoked before" : " is revoked")
                + revoked.reason().map(why -> " (" + Printable.line(why) + ")").orElse("") + ".");
        revoked.crlUrl()
                .ifPresent(
                        url -> out().println((again ? "It is in " : "Within seconds it is in ") + Printable.line(url)));
    }
}
