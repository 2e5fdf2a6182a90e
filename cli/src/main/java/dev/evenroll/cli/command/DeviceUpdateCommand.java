package dev.evenroll.cli.command;

import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.administration.Device;
import dev.evenroll.cli.administration.EnrollmentModel;
import dev.evenroll.cli.output.OutputFormat;
import dev.evenroll.cli.output.Printable;
import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.retry.FinalException;
import dev.evenroll.pki.identity.DeviceId;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `evenroll device update`.
@Command(
        name = "update",
        description = "Changes what the registry says of a device, and shows what changed.",
        footer = "What is not given stays as it is. Owner and site are changed with `evenroll device transfer`.",
        mixinStandardHelpOptions = true)
final class DeviceUpdateCommand extends OperatorCommand {

    private static final String PROFILE = "profile";

    @Parameters(paramLabel = "DEVICE", converter = DeviceArgument.class, description = "Serial number.")
    private @Nullable DeviceId device;

    @Option(names = "--manufacturer", description = "As named by the file of its trust anchor.")
    private @Nullable String manufacturer;

    @Option(names = "--model", description = "As the manufacturer writes it.")
    private @Nullable String model;

    @Option(names = "--ocpp-identity", description = "Its name in the OCPP connection URL.")
    private @Nullable String ocppIdentity;

    @Option(
            names = "--enrollment-model",
            paramLabel = "MODEL",
            split = ",",
            converter = EnrollmentModelArgument.class,
            description = "How it may get certificates: factory, field, just-in-time, central-gateway; several with"
                    + " commas between. Takes the place of all that it has.")
    private List<EnrollmentModel> enrollmentModels = List.of();

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description = "Certificate profile that its certificates are issued under, from the next one on.")
    private @Nullable String profile;

    @Mixin
    private IdentityOptions identity = new IdentityOptions();

    @Override
    void run(Operator operator)
            throws FaultException, FinalException, FailedCommandException, IOException, InterruptedException {
        if (device == null) {
            throw usage("Missing required parameter: 'DEVICE'");
        }
        var asked = asked();
        if (asked.isEmpty()) {
            throw usage("Nothing to change: give at least one of the options that name a field");
        }
        try (var registry = operator.registry()) {
            var before = registry.device(device.value());
            var changes = differing(asked, wire(before));
            var after = changes.isEmpty()
                    ? before
                    : Changed.unlessMeanwhile(
                            before, () -> registry.update(before.deviceId(), changes, before.revision()));
            if (format() == OutputFormat.JSON) {
                print(after.fields());
            } else if (changes.isEmpty()) {
                out().println(Printable.line(after.deviceId()) + " was like this before; nothing is changed.");
            } else {
                Changed.print(before, after, out());
            }
        }
    }

    private Map<String, @Nullable Object> asked() throws FailedCommandException, IOException {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        put(fields, "manufacturer", manufacturer);
        put(fields, "model", model);
        put(fields, "ocppIdentity", ocppIdentity);
        if (!enrollmentModels.isEmpty()) {
            fields.put(
                    "enrollmentModels",
                    enrollmentModels.stream()
                            .distinct()
                            .sorted()
                            .map(EnrollmentModel::toString)
                            .toList());
        }
        identity.idevid(this).ifPresent(digest -> fields.put("idevidSha256", orNull(digest)));
        identity.key(this).ifPresent(digest -> fields.put("keySha256", orNull(digest)));
        put(fields, PROFILE, profile);
        return fields;
    }

    private static void put(Map<String, @Nullable Object> fields, String name, @Nullable String value) {
        if (value != null) {
            fields.put(name, value);
        }
    }

    /// RFC 7396: null takes a value away.
    private static @Nullable String orNull(String digest) {
        return digest.equals(IdentityOptions.NONE) ? null : digest;
    }

    private static Map<String, Object> wire(Device device) {
        var fields = device.entry().wire();
        fields.put(
                "enrollmentModels",
                device.entry().enrollmentModels().stream()
                        .map(EnrollmentModel::toString)
                        .toList());
        fields.put(PROFILE, device.entry().profile());
        return fields;
    }

    private static Map<String, @Nullable Object> differing(
            Map<String, @Nullable Object> asked, Map<String, Object> present) {
        var differing = new LinkedHashMap<String, @Nullable Object>();
        asked.forEach((field, value) -> {
            if (!Objects.equals(value, present.get(field))) {
                differing.put(field, value);
            }
        });
        return differing;
    }
}
