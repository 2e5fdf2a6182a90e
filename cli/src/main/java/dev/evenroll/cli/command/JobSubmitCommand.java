package dev.evenroll.cli.command;

import dev.evenroll.cli.ExitCode;
import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.files.FileDigest;
import dev.evenroll.cli.job.Jobs;
import dev.evenroll.cli.job.SubmittedJob;
import dev.evenroll.cli.output.LiveLine;
import dev.evenroll.cli.output.OutputFormat;
import dev.evenroll.cli.output.Printable;
import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.retry.FinalException;
import dev.evenroll.cli.retry.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `evenroll job submit`.
@Command(
        name = "submit",
        description = "Posts the certification requests of many devices.",
        footer = "A line of FILE: {\"deviceId\": \"CP-1\", \"csr\": \"PKCS #10, base64 of its DER, or PEM\"}. What was"
                + " interrupted goes on when the command is run again, without --new: the same FILE is the same job for"
                + " 30 days, the newest if it was posted as several.",
        mixinStandardHelpOptions = true)
final class JobSubmitCommand extends OperatorCommand {

    private static final double MIB = 1024.0 * 1024.0;
    private static final int KEY_DIGITS = 32;

    @Parameters(paramLabel = "FILE", description = "JSON lines.")
    private @Nullable Path file;

    @Mixin
    private StationOption station = new StationOption();

    @Option(names = "--new", description = "Post it as a new job, though the same file was posted before.")
    private boolean anew;

    @Option(names = "--wait", description = "Follow the job until every line has ended or waits for a person.")
    private boolean follow;

    @Override
    void run(Operator operator)
            throws FaultException, FinalException, FailedCommandException, IOException, InterruptedException {
        if (file == null) {
            throw usage("Missing required parameter: 'FILE'");
        }
        if (Files.size(file) == 0) {
            throw new FailedCommandException(
                    ExitCode.FAILED, file + " has no lines: write one {\"csr\": ...} for each device.");
        }
        var jobs = station.jobs(this, operator);
        var line = new LiveLine(err(), terminal().attended(), InstantSource.system());
        var submitted = submit(jobs, file, line);
        if (format() == OutputFormat.TABLE) {
            say(submitted);
        }
        if (!follow) {
            if (format() == OutputFormat.JSON) {
                print(submitted.fields());
            }
            return;
        }
        if (format() == OutputFormat.JSON) {
            err().println("Job " + Printable.line(submitted.jobId()));
        }
        var progress = new JobFollowing(jobs, line, Thread::sleep).untilItRests(submitted.jobId());
        if (format() == OutputFormat.JSON) {
            print(progress.fields());
        } else {
            out().println(progress);
        }
        out().flush();
        JobFollowing.requireNoneRefused(progress, station.text());
    }

    private SubmittedJob submit(Jobs jobs, Path lines, LiveLine line)
            throws FaultException, FinalException, IOException, InterruptedException {
        long size = Files.size(lines);
        var digest = FileDigest.of(lines).substring(0, KEY_DIGITS);
        var patience =
                Patience.of(JobFollowing.PATIENCE).telling(fault -> line.show("going on: " + fault.getMessage()));
        try {
            var key = patience.untilDone(() -> key(jobs, digest));
            var submitted = patience.untilDone(() -> {
                try {
                    return attempt(jobs, lines, key, sent -> line.show(sent(sent, size)));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            line.end(sent(size, size));
            return submitted;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (FaultException e) {
            throw new FaultException(
                    e.getMessage() + "\nRun the command again" + (anew ? " without --new" : "")
                            + ": it goes on where this one ended.",
                    e);
        }
    }

    /// What the file holds names its jobs, the first, the second and so on: nothing has to be remembered here to find
    /// them again.
    ///
    /// @return the name of the newest job of the file, or of the next one
    private String key(Jobs jobs, String digest) throws FaultException, FinalException {
        var known = 0;
        while (jobs.find(name(digest, known)).isPresent()) {
            known++;
        }
        return name(digest, anew ? known : Math.max(0, known - 1));
    }

    private static String name(String digest, int earlierJobs) {
        return earlierJobs == 0 ? digest : digest + "-" + earlierJobs;
    }

    private static SubmittedJob attempt(Jobs jobs, Path lines, String key, LongConsumer sent)
            throws FaultException, FinalException, IOException {
        var known = jobs.find(key);
        if (known.isEmpty()) {
            return jobs.submit(lines, key, sent);
        }
        return jobs.goOn(lines, known.get(), jobs.progress(known.get()).taken(), sent);
    }

    private static String sent(long bytes, long size) {
        return String.format(
                Locale.ROOT,
                "%.1f of %.1f MiB posted  %d %%",
                bytes / MIB,
                size / MIB,
                100 * bytes / Math.max(1, size));
    }

    private void say(SubmittedJob submitted) {
        var id = Printable.line(submitted.jobId());
        out().println("Job " + id + " has " + submitted.lines() + " lines"
                + (submitted.refused() == 0 ? "." : "; " + submitted.refused() + " of them hold no usable request."));
        if (!follow) {
            out().println("Follow it:         evenroll job show " + id + " --as " + station.text());
            out().println("Fetch its results: evenroll job results " + id + " --as " + station.text());
        }
        out().flush();
    }
}
