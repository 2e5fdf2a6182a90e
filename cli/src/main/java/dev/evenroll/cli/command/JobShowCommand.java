package dev.evenroll.cli.command;

import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.output.LiveLine;
import dev.evenroll.cli.output.OutputFormat;
import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.retry.FinalException;
import java.io.IOException;
import java.time.InstantSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `evenroll job show`.
@Command(name = "show", description = "Shows how far a job is.", mixinStandardHelpOptions = true)
final class JobShowCommand extends OperatorCommand {

    @Mixin
    private JobArgument job = new JobArgument();

    @Mixin
    private StationOption station = new StationOption();

    @Option(names = "--wait", description = "Follow the job until every line has ended or waits for a person.")
    private boolean follow;

    @Override
    void run(Operator operator)
            throws FaultException, FinalException, FailedCommandException, IOException, InterruptedException {
        var id = job.id(this);
        var jobs = station.jobs(this, operator);
        var line = new LiveLine(err(), terminal().attended(), InstantSource.system());
        var progress = follow ? new JobFollowing(jobs, line, Thread::sleep).untilItRests(id) : jobs.progress(id);
        if (format() == OutputFormat.JSON) {
            print(progress.fields());
        } else {
            Facts.print(progress.fields(), out());
        }
        out().flush();
        if (follow) {
            JobFollowing.requireNoneRefused(progress, station.text());
        }
    }
}
