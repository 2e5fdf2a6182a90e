package dev.evenroll.cli.command;

import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.administration.DeviceEntry;
import dev.evenroll.cli.administration.EnrollmentModel;
import dev.evenroll.cli.output.OutputFormat;
import dev.evenroll.cli.output.Printable;
import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.retry.FinalException;
import dev.evenroll.pki.identity.DeviceId;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `evenroll device register`.
@Command(
        name = "register",
        description = "Enters a device in the registry. Repeating it unchanged changes nothing.",
        footer = "In the environment test what is not given is made up; elsewhere every option is needed.",
        mixinStandardHelpOptions = true)
final class DeviceRegisterCommand extends OperatorCommand {

    private static final String TEST = "test";

    @Parameters(
            paramLabel = "DEVICE",
            converter = DeviceArgument.class,
            description = "Serial number: the common name of its certificates.")
    private @Nullable DeviceId device;

    @Option(names = "--manufacturer", description = "As named by the file of its trust anchor.")
    private @Nullable String manufacturer;

    @Option(names = "--model", description = "As the manufacturer writes it.")
    private @Nullable String model;

    @Option(names = "--ocpp-identity", description = "Its name in the OCPP connection URL.")
    private @Nullable String ocppIdentity;

    @Option(names = "--owner", description = "Charging station operator: the organization in its certificates.")
    private @Nullable String owner;

    @Option(names = "--site", description = "Where it stands.")
    private @Nullable String site;

    @Option(
            names = "--enrollment-model",
            paramLabel = "MODEL",
            split = ",",
            converter = EnrollmentModelArgument.class,
            description = "How it may get certificates: factory (default), field, just-in-time, central-gateway;"
                    + " several with commas between.")
    private List<EnrollmentModel> enrollmentModels = EnrollmentModel.UNSAID;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            defaultValue = DeviceEntry.UNSAID_PROFILE,
            description = "Certificate profile that its certificates are issued under (default: ${DEFAULT-VALUE});"
                    + " `evenroll profile list` shows those that are built in.")
    private String profile = DeviceEntry.UNSAID_PROFILE;

    @Mixin
    private IdentityOptions identity = new IdentityOptions();

    @Override
    void run(Operator operator)
            throws FaultException, FinalException, FailedCommandException, IOException, InterruptedException {
        if (device == null) {
            throw usage("Missing required parameter: 'DEVICE'");
        }
        var id = device.value();
        boolean test = operator.connection().environment().equals(TEST);
        var entry = new DeviceEntry(
                given(
                        "--manufacturer",
                        manufacturer,
                        test,
                        operator.connection().manufacturer().name()),
                given("--model", model, test, "Simulated"),
                given("--ocpp-identity", ocppIdentity, test, id),
                given("--owner", owner, test, "Local Operator"),
                given("--site", site, test, "Local"),
                enrollmentModels,
                identity.idevid(this).filter(digest -> !digest.equals(IdentityOptions.NONE)),
                identity.key(this).filter(digest -> !digest.equals(IdentityOptions.NONE)),
                profile);
        try (var registry = operator.registry()) {
            var registered = registry.register(id, entry);
            registered.warnings().forEach(warning -> err().println("Warning: " + Printable.line(warning)));
            if (format() == OutputFormat.JSON) {
                print(registered.device().fields());
            } else {
                out().println(Printable.line(registered.device().deviceId())
                        + (registered.isNew() ? " is registered." : " was registered like this before."));
            }
        }
    }

    private String given(String option, @Nullable String value, boolean test, String madeUp) {
        if (value != null) {
            return value;
        }
        if (test) {
            return madeUp;
        }
        throw usage("Missing required option: '" + option + "' (outside the environment test nothing is made up)");
    }
}
