package dev.evenroll.cli.command;

import dev.evenroll.cli.ExitCode;
import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.output.LiveLine;
import dev.evenroll.cli.output.OutputFormat;
import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.retry.FinalException;
import dev.evenroll.cli.retry.Patience;
import dev.evenroll.cli.rows.DeviceImport;
import dev.evenroll.cli.rows.DeviceTrial;
import dev.evenroll.cli.rows.ImportPlan;
import dev.evenroll.cli.rows.Tally;
import dev.evenroll.cli.rows.UnusableFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `evenroll device import`.
@Command(
        name = "import",
        description = "Enters the devices of a file in the registry, a million as well as ten.",
        footer = {
            "",
            "CSV has a header line with the columns, in any order: deviceId, manufacturer, model, ocppIdentity, owner,"
                    + " site, and if wanted enrollmentModels (several with ; between), idevidSha256, keySha256, profile."
                    + " JSON"
                    + " lines have an object a line with these fields.",
            "",
            "Each row is entered as a whole or not at all. What is wrong with each row that is not taken is written to"
                    + " FILE.rejected.csv, as line,deviceId,field,reason. An import that was interrupted goes on where"
                    + " it broke off when the same command is run again."
        },
        mixinStandardHelpOptions = true)
final class DeviceImportCommand extends OperatorCommand {

    @Parameters(paramLabel = "FILE", description = "A .csv or .jsonl file; - for standard input, with --format.")
    private @Nullable Path file;

    @Mixin
    private RowFormatOption format = new RowFormatOption();

    @Option(names = "--dry-run", description = "Judge every row and enter none. Needs no stack.")
    private boolean dryRun;

    @Option(names = "--update", description = "Change devices that are registered differently.")
    private boolean update;

    @Option(
            names = "--rejected",
            paramLabel = "FILE",
            description =
                    "Where it is written what is wrong with each row that is not taken: line,deviceId,field,reason"
                            + " (default: beside FILE, as FILE.rejected.csv).")
    private @Nullable Path rejected;

    @Option(names = "--from-beginning", description = "Do not go on where an import of this file was interrupted.")
    private boolean fromBeginning;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "600",
            description = "How long to wait for a registry that does not answer (default: ${DEFAULT-VALUE}).")
    private int waitSeconds = 600;

    @Override
    void run(Operator operator)
            throws FaultException, FinalException, FailedCommandException, IOException, InterruptedException {
        if (file == null) {
            throw usage("Missing required parameter: 'FILE'");
        }
        var plan = plan(file);
        var line = new LiveLine(err(), terminal().attended(), InstantSource.system());
        var progress = new ImportProgress(
                line, err(), plan.file().isPresent() ? Files.size(plan.file().get()) : 0, System::nanoTime);
        try {
            var tally = dryRun
                    ? DeviceTrial.run(plan, terminal().input(), progress)
                    : entered(operator, plan, progress, line);
            progress.end(tally);
            report(plan, tally, progress);
        } catch (UnusableFileException e) {
            throw new FailedCommandException(
                    ExitCode.FAILED, file + " can not be imported. " + e.getMessage() + " Nothing was entered.", e);
        }
    }

    private ImportPlan plan(Path given) {
        boolean standardInput = given.toString().equals(RowFormatOption.DASH);
        var beside = given.resolveSibling(standardInput ? "stdin.rejected.csv" : given.getFileName() + ".rejected.csv");
        return new ImportPlan(
                standardInput ? Optional.empty() : Optional.of(given),
                format.of(given, this),
                rejected == null ? beside : rejected,
                data().directory().resolve("imports"),
                update,
                fromBeginning);
    }

    private Tally entered(Operator operator, ImportPlan plan, ImportProgress progress, LiveLine line)
            throws FaultException, FinalException, FailedCommandException, IOException, UnusableFileException,
                    InterruptedException {
        var patience = Patience.of(Duration.ofSeconds(waitSeconds))
                .telling(fault -> line.show("waiting: " + fault.getMessage()));
        try (var registry = operator.registry();
                var _ = Interruption.saying(() -> progress.soFar(plan), err())) {
            return DeviceImport.run(
                    plan,
                    terminal().input(),
                    (rows, key) -> patience.untilDone(() -> registry.enter(rows, update, key)),
                    progress);
        } catch (FaultException e) {
            throw new FaultException(e.getMessage() + "\n" + progress.soFar(plan), e);
        }
    }

    private void report(ImportPlan plan, Tally tally, ImportProgress progress) throws FailedCommandException {
        var report = new ImportReport(plan, tally, progress, dryRun);
        if (format() == OutputFormat.JSON) {
            print(report.fields());
        } else {
            report.lines().forEach(out()::println);
        }
        out().flush();
        ImportReport.warnings(progress.warnings()).forEach(err()::println);
        if (tally.rejected() > 0) {
            throw new FailedCommandException(
                    ExitCode.FAILED,
                    String.format("%,d of %,d rows were not taken: ", tally.rejected(), tally.rows()) + plan.rejected()
                            + " says which and why.");
        }
    }
}
