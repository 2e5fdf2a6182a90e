package dev.evenroll.cli.command;

import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.administration.StateChange;
import dev.evenroll.cli.output.OutputFormat;
import dev.evenroll.cli.output.Printable;
import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.retry.FinalException;
import dev.evenroll.pki.identity.DeviceId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `evenroll device decommission`.
@Command(
        name = "decommission",
        description =
                "Ends the life of a device, and revokes its certificates. Says what will be revoked and asks first.",
        footer =
                "Its keys stay its own for ever. What its back end has to delete on the station stands on deletion.due.",
        mixinStandardHelpOptions = true)
final class DeviceDecommissionCommand extends OperatorCommand {

    @Parameters(paramLabel = "DEVICE", converter = DeviceArgument.class, description = "Serial number.")
    private @Nullable DeviceId device;

    @Mixin
    private ReasonOption reason = new ReasonOption();

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
        var why = reason.text(this);
        try (var registry = operator.registry()) {
            var before = registry.device(device.value());
            var certificates = ending.of(operator, before.deviceId());
            var entry = before.entry();
            var lines = new ArrayList<String>();
            lines.add("Device " + Printable.line(before.deviceId()) + " (" + before.state() + ") of "
                    + Printable.line(entry.owner()) + " at " + Printable.line(entry.site()) + ".");
            lines.addAll(ending.consequences(certificates));
            lines.add("It gets no certificate any more; only a new registration begins a new life.");
            confirmation.ask(this, "Decommission it?", "Nothing was changed.", lines.toArray(String[]::new));
            var after = Changed.unlessMeanwhile(
                    before, () -> registry.change(before.deviceId(), StateChange.DECOMMISSION, why, before.revision()));
            if (format() != OutputFormat.JSON) {
                out().println(Printable.line(after.deviceId()) + " is " + after.state() + " (was " + before.state()
                        + ").");
            }
            var ended = ending.follow(this, operator, certificates, why);
            if (format() == OutputFormat.JSON) {
                var fields = new LinkedHashMap<String, Object>(after.fields());
                fields.putAll(ended);
                print(fields);
            }
        }
    }
}
