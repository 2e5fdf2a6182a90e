package dev.evenroll.cli.command;

import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.administration.DeviceSelection;
import dev.evenroll.cli.administration.Registry;
import dev.evenroll.cli.output.Json;
import dev.evenroll.cli.output.LiveLine;
import dev.evenroll.cli.output.OutputFormat;
import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.retry.FinalException;
import dev.evenroll.cli.retry.Patience;
import dev.evenroll.cli.rows.DeviceExport;
import dev.evenroll.cli.rows.RowFormat;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `evenroll device export`.
@Command(
        name = "export",
        description = "Writes the devices of the registry to a file, as `evenroll device import` reads them.",
        footer = "Devices that are decommissioned are left out, for an import would begin a new life of theirs; --state"
                + " decommissioned writes those alone. The file holds no states: a device that is suspended or quarantined"
                + " is free to enroll where the file is imported.",
        mixinStandardHelpOptions = true)
final class DeviceExportCommand extends OperatorCommand {

    private static final int PAGE = 1_000;
    private static final String DECOMMISSIONED = "decommissioned";
    /// States that keep a device from certificates, and that an import elsewhere does not bring back.
    private static final Set<String> LOST = Set.of("suspended", "quarantined");

    @Parameters(paramLabel = "FILE", description = "A .csv or .jsonl file; - for standard output, with --format.")
    private @Nullable Path file;

    @Mixin
    private RowFormatOption rowFormat = new RowFormatOption();

    @Mixin
    private DeviceFilter filter = new DeviceFilter();

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How long to wait for a registry that does not answer (default: ${DEFAULT-VALUE}).")
    private int waitSeconds = 60;

    /// How many devices went into the file, how many of them in a state that is lost, and how many were left out.
    private record Written(long devices, long lost, long decommissioned) {

        Written and(String state) {
            return new Written(devices + 1, lost + (LOST.contains(state) ? 1 : 0), decommissioned);
        }

        Written leftOut() {
            return new Written(devices, lost, decommissioned + 1);
        }
    }

    @Override
    void run(Operator operator)
            throws FaultException, FinalException, FailedCommandException, IOException, InterruptedException {
        if (file == null) {
            throw usage("Missing required parameter: 'FILE'");
        }
        var format = rowFormat.of(file, this);
        try (var registry = operator.registry()) {
            if (file.toString().equals(RowFormatOption.DASH)) {
                report(file, write(registry, format, out()));
                return;
            }
            var part = file.resolveSibling(file.getFileName() + ".part");
            Written written;
            try (var out = Files.newBufferedWriter(part)) {
                written = write(registry, format, out);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            report(file, written);
        }
    }

    private Written write(Registry registry, RowFormat format, Writer out)
            throws FaultException, FinalException, IOException, InterruptedException {
        var line = new LiveLine(err(), terminal().attended(), InstantSource.system());
        var patience = Patience.of(Duration.ofSeconds(waitSeconds))
                .telling(fault -> line.show("waiting: " + fault.getMessage()));
        var export = DeviceExport.begin(format, out);
        var written = new Written(0, 0, 0);
        var next = Optional.of(filter.selection(Optional.empty(), PAGE));
        while (next.isPresent()) {
            DeviceSelection selection = next.get();
            var page = patience.untilDone(() -> registry.devices(selection));
            for (var device : page.items()) {
                if (!filter.namesState() && device.state().equals(DECOMMISSIONED)) {
                    written = written.leftOut();
                } else {
                    export.add(device);
                    written = written.and(device.state());
                }
            }
            line.show(String.format(Locale.ROOT, "%,d devices", written.devices()));
            next = page.next().map(selection::from);
        }
        return written;
    }

    private void report(Path target, Written written) {
        if (written.lost() > 0) {
            err().println(String.format(
                    Locale.ROOT,
                    "%,d of them are suspended or quarantined here. The file does not say so: where it is imported, they"
                            + " are free to enroll. Suspend them there with `evenroll device suspend`.",
                    written.lost()));
        }
        // The file itself may be standard output.
        var report = target.toString().equals(RowFormatOption.DASH) ? err() : out();
        if (format() == OutputFormat.JSON) {
            var fields = new LinkedHashMap<String, Object>();
            fields.put("file", target.toString());
            fields.put("devices", written.devices());
            fields.put("decommissioned", written.decommissioned());
            report.println(Json.document(fields));
            return;
        }
        report.println(String.format(Locale.ROOT, "%,d devices are in %s.", written.devices(), target));
        if (written.decommissioned() > 0) {
            report.println(
                    String.format(Locale.ROOT, "%,d decommissioned ones are left out.", written.decommissioned()));
        }
    }
}
