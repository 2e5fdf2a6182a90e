package dev.evenroll.cli.command;

import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.administration.Device;
import dev.evenroll.cli.administration.StateChange;
import dev.evenroll.cli.output.OutputFormat;
import dev.evenroll.cli.output.Printable;
import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.retry.FinalException;
import dev.evenroll.pki.identity.DeviceId;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `evenroll device suspend`, `quarantine` and `resume`: each changes the state of one device.
final class DeviceStateCommands {

    private DeviceStateCommands() {}

    @Command(
            name = "suspend",
            description = "Lets a device get no certificate until it is resumed. Its certificates stay valid.",
            mixinStandardHelpOptions = true)
    static final class Suspend extends Ending {
        Suspend() {
            super(StateChange.SUSPEND, "Suspend it?", "It gets no certificate until it is resumed.");
        }
    }

    @Command(
            name = "quarantine",
            description = "Lets whatever a device asks for wait for a person.",
            mixinStandardHelpOptions = true)
    static final class Quarantine extends Ending {
        Quarantine() {
            super(StateChange.QUARANTINE, "Quarantine it?", "What it asks for waits until a person approves it.");
        }
    }

    @Command(
            name = "resume",
            description = "Ends the suspension or the quarantine of a device.",
            mixinStandardHelpOptions = true)
    static final class Resume extends Change {
        Resume() {
            super(StateChange.RESUME);
        }
    }

    /// What every change of a state has.
    abstract static class Change extends OperatorCommand {

        private final StateChange change;

        @Parameters(paramLabel = "DEVICE", converter = DeviceArgument.class, description = "Serial number.")
        private @Nullable DeviceId device;

        @Option(
                names = "--reason",
                required = true,
                paramLabel = "TEXT",
                description = "Why, for whoever looks at it later.")
        private @Nullable String reason;

        Change(StateChange change) {
            this.change = change;
        }

        /// Asks where something ends.
        void confirm(Device before) throws FailedCommandException, IOException {}

        @Override
        final void run(Operator operator)
                throws FaultException, FinalException, FailedCommandException, IOException, InterruptedException {
            if (device == null) {
                throw usage("Missing required parameter: 'DEVICE'");
            }
            if (reason == null || reason.isBlank()) {
                throw usage("--reason is empty: say why, for whoever looks at the device later");
            }
            var why = reason;
            try (var registry = operator.registry()) {
                var before = registry.device(device.value());
                confirm(before);
                var after = Changed.unlessMeanwhile(
                        before, () -> registry.change(before.deviceId(), change, why, before.revision()));
                if (format() == OutputFormat.JSON) {
                    print(after.fields());
                } else {
                    out().println(Printable.line(after.deviceId()) + " is " + after.state() + " (was " + before.state()
                            + ").");
                }
            }
        }
    }

    /// A change that takes something away from a device.
    abstract static class Ending extends Change {

        private final String question;
        private final String consequence;

        @Mixin
        private Confirmation confirmation = new Confirmation();

        Ending(StateChange change, String question, String consequence) {
            super(change);
            this.question = question;
            this.consequence = consequence;
        }

        @Override
        final void confirm(Device before) throws FailedCommandException, IOException {
            var entry = before.entry();
            confirmation.ask(
                    this,
                    question,
                    "Nothing was changed.",
                    "Device " + Printable.line(before.deviceId()) + " (" + before.state() + ") of "
                            + Printable.line(entry.owner()) + " at " + Printable.line(entry.site()) + ".",
                    consequence);
        }
    }
}
