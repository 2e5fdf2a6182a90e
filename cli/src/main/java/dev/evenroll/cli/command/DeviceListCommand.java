package dev.evenroll.cli.command;

import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.administration.Device;
import dev.evenroll.cli.output.Column;
import dev.evenroll.cli.output.OutputFormat;
import dev.evenroll.cli.output.Table;
import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.retry.FinalException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `evenroll device list`.
@Command(
        name = "list",
        description = "Lists registered devices in the order of their serial numbers.",
        mixinStandardHelpOptions = true)
final class DeviceListCommand extends OperatorCommand {

    @Mixin
    private DeviceFilter filter = new DeviceFilter();

    @Mixin
    private PageOptions pages = new PageOptions();

    @Override
    void run(Operator operator) throws FaultException, FinalException, FailedCommandException, InterruptedException {
        try (var registry = operator.registry()) {
            var page = registry.devices(filter.selection(pages.after(), pages.limit()));
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
