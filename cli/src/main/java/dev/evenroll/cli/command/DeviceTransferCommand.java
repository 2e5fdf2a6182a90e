package dev.evenroll.cli.command;

import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.administration.Certificate;
import dev.evenroll.cli.administration.Device;
import dev.evenroll.cli.output.OutputFormat;
import dev.evenroll.cli.output.Printable;
import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.retry.FinalException;
import dev.evenroll.pki.identity.DeviceId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `evenroll device transfer`.
@Command(
        name = "transfer",
        description = "Gives a device to another owner, or puts it on another site. With another owner its certificates"
                + " are revoked: says which and asks first.",
        footer =
                "With another owner it has to enroll anew: the owner stands in its certificates. What the back end has to"
                        + " delete on the station stands on deletion.due.",
        mixinStandardHelpOptions = true)
final class DeviceTransferCommand extends OperatorCommand {

    @Parameters(paramLabel = "DEVICE", converter = DeviceArgument.class, description = "Serial number.")
    private @Nullable DeviceId device;

    @Option(names = "--owner", description = "Charging station operator (default: the present one).")
    private @Nullable String owner;

    @Option(names = "--site", description = "Where it stands (default: the present site).")
    private @Nullable String site;

    @Mixin
    private EndingCertificates ending = new EndingCertificates();

    @Mixin
    private Confirmation confirmation = new Confirmation();

    @Override
    void run(Operator operator)
            throws FaultException, FinalException, FailedCommandException, IOException, InterruptedException {
        if (device == null) {
            throw usage("Missing required parameter: 'DEVICE'");
        }
        if (owner == null && site == null) {
            throw usage("Nothing to change: give --owner, --site or both");
        }
        try (var registry = operator.registry()) {
            var before = registry.device(device.value());
            var entry = before.entry();
            var newOwner = Objects.requireNonNullElse(owner, entry.owner());
            var newSite = Objects.requireNonNullElse(site, entry.site());
            if (newOwner.equals(entry.owner()) && newSite.equals(entry.site())) {
                out().println(Printable.line(before.deviceId()) + " is there already; nothing is changed.");
                return;
            }
            var certificates =
                    newOwner.equals(entry.owner()) ? List.<Certificate>of() : ending.of(operator, before.deviceId());
            if (!newOwner.equals(entry.owner())) {
                confirm(before, newOwner, certificates);
            }
            var after = Changed.unlessMeanwhile(
                    before, () -> registry.transfer(before.deviceId(), newOwner, newSite, before.revision()));
            if (format() != OutputFormat.JSON) {
                Changed.print(before, after, out());
            }
            var ended = ending.follow(this, operator, certificates, "The device was transferred to " + newOwner + ".");
            if (format() == OutputFormat.JSON) {
                var fields = new LinkedHashMap<String, Object>(after.fields());
                fields.putAll(ended);
                print(fields);
            }
        }
    }

    private void confirm(Device before, String newOwner, List<Certificate> certificates)
            throws FailedCommandException, IOException {
        var lines = new ArrayList<String>();
        lines.add(before.deviceId() + " (" + before.state() + ") goes from "
                + Printable.line(before.entry().owner()) + " to " + Printable.line(newOwner) + ".");
        lines.addAll(ending.consequences(certificates));
        lines.add("It has to enroll anew.");
        confirmation.ask(this, "Transfer it?", "Nothing was changed.", lines.toArray(String[]::new));
    }
}
