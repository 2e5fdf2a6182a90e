package dev.evenroll.cli.command;

import dev.evenroll.cli.ExitCode;
import dev.evenroll.cli.FailedCommandException;
import dev.evenroll.cli.job.JobProgress;
import dev.evenroll.cli.job.Jobs;
import dev.evenroll.cli.output.LiveLine;
import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.retry.FinalException;
import dev.evenroll.cli.retry.Patience;
import dev.evenroll.cli.retry.Pause;
import java.time.Duration;

/// Follows a job until nothing more happens to it.
final class JobFollowing {

    static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(500);

    private final Jobs jobs;
    private final LiveLine line;
    private final Pause pause;

    JobFollowing(Jobs jobs, LiveLine line, Pause pause) {
        this.jobs = jobs;
        this.line = line;
        this.pause = pause;
    }

    JobProgress untilItRests(String jobId) throws FaultException, FinalException, InterruptedException {
        var patience = Patience.of(PATIENCE).telling(fault -> line.show("waiting: " + fault.getMessage()));
        while (true) {
            var progress = patience.untilDone(() -> jobs.progress(jobId));
            if (progress.rests()) {
                line.end(progress.toString());
                return progress;
            }
            line.show(progress.toString());
            pause.last(BETWEEN_QUESTIONS);
        }
    }

    /// A job with refused lines is not done as asked.
    static void requireNoneRefused(JobProgress progress, String station) throws FailedCommandException {
        if (progress.refused() > 0) {
            throw new FailedCommandException(
                    ExitCode.FAILED,
                    progress.refused() + " of " + progress.lines() + " lines were refused: `evenroll job results "
                            + progress.jobId() + " --as " + station + "` says which and why. Once that is"
                            + " mended, `evenroll job submit --new` asks for them again.");
        }
    }
}
