package dev.evenroll.cli.command;

import dev.evenroll.cli.ExitCode;
import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.job.JobProgress;
import dev.evenroll.cli.job.Jobs;
import dev.evenroll.cli.job.LineOutcome;
import dev.evenroll.cli.job.ResultFile;
import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.retry.FinalException;
import dev.evenroll.cli.retry.Patience;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `evenroll job results`.
@Command(
        name = "results",
        description = "Fetches what became of the lines of a job: JSON lines with certificates and refusals, whatever"
                + " --output says.",
        footer = "What was interrupted, or was fetched before all lines had ended, goes on with --after.",
        mixinStandardHelpOptions = true)
final class JobResultsCommand extends OperatorCommand {

    private static final int PAGE = 500;

    @Mixin
    private JobArgument job = new JobArgument();

    @Mixin
    private StationOption station = new StationOption();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where they are written (default: standard output). With --after, what FILE holds behind that"
                    + " line is written anew.")
    private @Nullable Path out;

    @Option(names = "--after", paramLabel = "LINE", description = "Only the lines behind this one.")
    private long after;

    /// Up to this line every one has come, with what it stays at.
    private long settled;

    @Override
    void run(Operator operator)
            throws FaultException, FinalException, FailedCommandException, IOException, InterruptedException {
        var id = job.id(this);
        if (after < 0) {
            throw usage("--after must be the number of a line, or 0 for all of them");
        }
        settled = after;
        var jobs = station.jobs(this, operator);
        if (out == null) {
            fetch(jobs, id, page -> {
                page.forEach(outcome -> out().println(outcome.json()));
                out().flush();
            });
            return;
        }
        // Asked before a file is made for a job that is not there.
        jobs.progress(id);
        try (var file = ResultFile.open(out, after)) {
            fetch(jobs, id, page -> {
                for (var outcome : page) {
                    file.write(outcome);
                }
                file.flush();
            });
        } catch (FileAlreadyExistsException e) {
            throw new FailedCommandException(
                    ExitCode.FAILED,
                    out + " is there already and is not overwritten: name another file, or go on in it with --after"
                            + " LINE.",
                    e);
        }
    }

    private interface PageSink {
        void take(List<LineOutcome> page) throws IOException;
    }

    private void fetch(Jobs jobs, String id, PageSink sink)
            throws FaultException, FinalException, IOException, InterruptedException {
        var patience = Patience.of(JobFollowing.PATIENCE);
        long last = after;
        long fetched = 0;
        try {
            while (true) {
                long from = last;
                var page = patience.untilDone(() -> jobs.results(id, from, PAGE));
                if (page.isEmpty()) {
                    break;
                }
                sink.take(page);
                page.forEach(this::settle);
                fetched += page.size();
                last = page.getLast().line();
            }
            say(fetched, patience.untilDone(() -> jobs.progress(id)));
        } catch (FaultException e) {
            throw new FaultException(e.getMessage() + "\nGo on with --after " + settled + ".", e);
        }
    }

    private void settle(LineOutcome outcome) {
        if (outcome.isFinal() && outcome.line() == settled + 1) {
            settled = outcome.line();
        }
    }

    private void say(long fetched, JobProgress progress) {
        err().println(fetched + " results fetched. The job has " + progress + ".");
        if (!progress.submitted() || settled < progress.lines()) {
            err().println("Not every line has ended: the others come later, with --after " + settled + ".");
        }
    }
}
