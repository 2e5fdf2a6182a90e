package dev.evenroll.cli.command;

import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.administration.DeviceToken;
import dev.evenroll.cli.administration.RefusedException;
import dev.evenroll.cli.administration.Registry;
import dev.evenroll.cli.files.OwnerOnly;
import dev.evenroll.cli.output.OutputFormat;
import dev.evenroll.cli.qr.EnrollmentLink;
import dev.evenroll.cli.qr.QrCode;
import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.retry.FinalException;
import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.pki.identity.OneTimeToken;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `evenroll token create`.
@Command(
        name = "create",
        description = "Makes a one-time token for a device and shows it, this once, as text and as a QR code.",
        footer = {
            "",
            "The QR code holds evenroll:enroll?server=...&device=...&token=..., which an installer's app and `evenroll"
                    + " enroll DEVICE --qr FILE` read. A token that the device had before is worth nothing any more."
        },
        mixinStandardHelpOptions = true)
final class TokenCreateCommand extends OperatorCommand {

    private static final int CONFLICT = 409;
    /// What the registry says of a device that may not enroll by a token.
    private static final String NOT_BY_TOKEN = "enrollmentModels: field is not among them";

    private static final String WHITE_ON_BLACK = "\u001b[40;97m";
    private static final String RESET = "\u001b[0m";

    @Parameters(paramLabel = "DEVICE", converter = DeviceArgument.class, description = "Serial number.")
    private @Nullable DeviceId device;

    @Option(
            names = "--valid-for",
            paramLabel = "TIME",
            defaultValue = "24h",
            converter = DurationArgument.class,
            description = "How long it may be used: 90m, 24h, 7d (default: ${DEFAULT-VALUE}).")
    private Duration validFor = Duration.ofHours(24);

    @Option(
            names = "--png",
            paramLabel = "FILE",
            description = "Writes the QR code to a picture too, for this user's eyes only.")
    private @Nullable Path png;

    @Override
    void run(Operator operator)
            throws FaultException, FinalException, FailedCommandException, IOException, InterruptedException {
        if (device == null) {
            throw usage("Missing required parameter: 'DEVICE'");
        }
        if (!validFor.isPositive()) {
            throw usage("--valid-for must be longer than nothing");
        }
        try (var registry = operator.registry()) {
            var created = created(registry, device.value());
            var token = OneTimeToken.read(created.token())
                    .orElseThrow(() -> new FaultException(
                            "csr-validator sent something that is no one-time token; is it of another version?",
                            Optional.empty()));
            var link = new EnrollmentLink(operator.connection().est(), device, token);
            var code = QrCode.of(link.text());
            if (png != null) {
                OwnerOnly.write(png.toAbsolutePath(), code.png());
            }
            show(link, code, created.expiresAt());
        }
    }

    private DeviceToken created(Registry registry, String id)
            throws FaultException, FinalException, InterruptedException {
        try {
            return registry.createToken(id, validFor);
        } catch (RefusedException e) {
            if (e.status() != CONFLICT || !String.valueOf(e.getMessage()).contains(NOT_BY_TOKEN)) {
                throw e;
            }
            throw new RefusedException(
                    e.status(),
                    e.getMessage() + "\nTo allow it: evenroll device update " + id
                            + " --enrollment-model field, or with what it has besides: --enrollment-model"
                            + " factory,field.");
        }
    }

    private void show(EnrollmentLink link, QrCode code, Instant expiresAt) {
        if (format() == OutputFormat.JSON) {
            var fields = new LinkedHashMap<String, Object>();
            fields.put("deviceId", link.device().value());
            fields.put("token", link.token().text());
            fields.put("expiresAt", expiresAt.toString());
            fields.put("uri", link.text());
            if (png != null) {
                fields.put("png", png.toString());
            }
            print(fields);
            return;
        }
        out().println("One-time token of " + link.device() + ", valid until " + expiresAt + ":");
        out().println();
        out().println("  " + link.token().text());
        out().println();
        // With colours of its own the code is dark on light whatever the terminal's are.
        boolean colours = terminal().attended();
        code.halfBlocks().forEach(line -> out().println(colours ? WHITE_ON_BLACK + line + RESET : line));
        if (png != null) {
            out().println("The QR code is in " + png + ".");
        }
        out().println("It is not shown again. It enrolls " + link.device() + " once: evenroll enroll " + link.device()
                + " --token-stdin");
    }
}
