package dev.evenroll.cli.command;

import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.output.OutputFormat;
import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.retry.FinalException;
import dev.evenroll.pki.identity.DeviceId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `evenroll device show`.
@Command(name = "show", description = "Shows one registered device.", mixinStandardHelpOptions = true)
final class DeviceShowCommand extends OperatorCommand {

    @Parameters(paramLabel = "DEVICE", converter = DeviceArgument.class, description = "Serial number.")
    private @Nullable DeviceId device;

    @Override
    void run(Operator operator) throws FaultException, FinalException, FailedCommandException, InterruptedException {
        if (device == null) {
            throw usage("Missing required parameter: 'DEVICE'");
        }
        try (var registry = operator.registry()) {
            var found = registry.device(device.value());
            if (format() == OutputFormat.JSON) {
                print(found.fields());
            } else {
                Facts.print(found.fields(), out());
            }
        }
    }
}
