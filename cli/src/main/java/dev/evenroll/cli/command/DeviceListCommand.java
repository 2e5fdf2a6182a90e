package dev.evenroll.cli.command;

import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.administration.Device;
import dev.evenroll.cli.administration.DeviceSelection;
import dev.evenroll.cli.output.Column;
import dev.evenroll.cli.output.OutputFormat;
import dev.evenroll.cli.output.Table;
import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.retry.FinalException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `evenroll device list`.
@Command(
        name = "list",
        description = "Lists registered devices in the order of their serial numbers.",
        mixinStandardHelpOptions = true)
final class DeviceListCommand extends OperatorCommand {

    /// The states that a device may be in.
    enum State {
        REGISTERED,
        ENROLLED,
        SUSPENDED,
        QUARANTINED,
        DECOMMISSIONED
    }

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "Only those in this state: registered, enrolled, suspended, quarantined or decommissioned.")
    private @Nullable State state;

    @Option(names = "--site", paramLabel = "SITE", description = "Only those on this site.")
    private @Nullable String site;

    @Option(names = "--manufacturer", paramLabel = "NAME", description = "Only those of this manufacturer.")
    private @Nullable String manufacturer;

    @Option(names = "--model", paramLabel = "MODEL", description = "Only those of this model.")
    private @Nullable String model;

    @Option(
            names = "--expiring-before",
            paramLabel = "TIME",
            converter = InstantArgument.class,
            description = "Only those whose certificate ends before: 2027-01-31, an instant, or 30d from now.")
    private @Nullable Instant expiringBefore;

    @Mixin
    private PageOptions pages = new PageOptions();

    @Override
    void run(Operator operator) throws FaultException, FinalException, FailedCommandException, InterruptedException {
        var selection = new DeviceSelection(
                Optional.ofNullable(state).map(asked -> asked.name().toLowerCase(Locale.ROOT)),
                Optional.ofNullable(site),
                Optional.ofNullable(manufacturer),
                Optional.ofNullable(model),
                Optional.ofNullable(expiringBefore),
                pages.after(),
                pages.limit());
        try (var registry = operator.registry()) {
            var page = registry.devices(selection);
            if (format() == OutputFormat.JSON) {
                print(PageOptions.document("devices", page, Device::fields));
                return;
            }
            var table = new Table(
                    Column.left("DEVICE", 28),
                    Column.left("STATE", 14),
                    Column.left("MANUFACTURER", 14),
                    Column.left("MODEL", 14),
                    Column.left("OWNER", 16),
                    Column.left("SITE", 10),
                    Column.left("CERTIFICATE ENDS", 16));
            for (var device : page.items()) {
                var entry = device.entry();
                table.row(
                        device.deviceId(),
                        device.state(),
                        entry.manufacturer(),
                        entry.model(),
                        entry.owner(),
                        entry.site(),
                        device.certificateNotAfter().map(DeviceListCommand::day).orElse("-"));
            }
            print(table);
            PageOptions.hint(page).ifPresent(err()::println);
        }
    }

    private static String day(Instant instant) {
        return instant.atZone(ZoneOffset.UTC).toLocalDate().toString();
    }

    static String seconds(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
