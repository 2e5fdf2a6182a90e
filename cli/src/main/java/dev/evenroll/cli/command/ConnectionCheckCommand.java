package dev.evenroll.cli.command;

import dev.evenroll.cli.ExitCode;
import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.administration.ConnectionDesk;
import dev.evenroll.cli.administration.ConnectionDesk.Decision;
import dev.evenroll.cli.administration.RefusedException;
import dev.evenroll.cli.output.OutputFormat;
import dev.evenroll.cli.retry.FaultException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `evenroll connection check`.
@Command(
        name = "check",
        description = "Asks what a TLS front asks at each connection: may the holder of a certificate connect?",
        footer = {
            "Ends with 1 when the answer is no. Each no is a security observation, like that of a front.",
            "The reasons: docs/CONNECTIONS.md."
        },
        mixinStandardHelpOptions = true)
final class ConnectionCheckCommand extends OperatorCommand {

    @Parameters(paramLabel = "FILE", description = "The device's certificate (PEM), perhaps followed by its chain.")
    private Path file = Path.of("");

    @Option(
            names = "--as",
            paramLabel = "IDENTITY",
            required = true,
            description = "OCPP identity: the last segment of the URL that the device connects to.")
    private String identity = "";

    @Override
    void run(Operator operator)
            throws FaultException, RefusedException, FailedCommandException, IOException, InterruptedException {
        var certificate = Files.readString(file, StandardCharsets.ISO_8859_1);
        try (var desk = new ConnectionDesk(operator.connection().connections())) {
            switch (desk.ask(certificate, identity)) {
                case Decision.Authorized(var deviceId, var serialNumber) -> {
                    if (format() == OutputFormat.JSON) {
                        print(new TreeMap<>(
                                Map.of("decision", "authorized", "deviceId", deviceId, "serialNumber", serialNumber)));
                    } else {
                        out().println("Authorized: device " + deviceId + " with certificate " + serialNumber + ".");
                    }
                }
                case Decision.Refused(var reason, var message) -> {
                    if (format() == OutputFormat.JSON) {
                        print(new TreeMap<>(Map.of("decision", "refused", "reason", reason, "message", message)));
                    }
                    throw new FailedCommandException(ExitCode.FAILED, "Refused (" + reason + "): " + message);
                }
            }
        }
    }
}
