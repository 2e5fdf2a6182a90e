package dev.evenroll.gateway.job;

import dev.evenroll.gateway.authentication.CertificateHolder;
import dev.evenroll.gateway.enrollment.EnrollmentRequest;
import dev.evenroll.gateway.enrollment.Operation;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// One job on its way in: each line becomes a request, or the end of that line, and the next bytes are taken when
/// what was made of those before is durable and its [Pace] lets them. So the memory that a job needs does not grow
/// with it.
///
/// Told in this order: the job is open, its lines, it is submitted. A job that breaks off stays as it is: the same
/// lines, brought again as another job, are the same enrollments and have the same answers.
///
/// Confined to one thread, that of the executor.
public final class JobIntake {

    /// Most lines of a job.
    public static final int MAXIMUM_LINES = 200_000;

    /// Lines that are being written at a time.
    private static final int WINDOW = 250;

    /// Shortest rest: to be woken for each single line would cost more than the line.
    private static final Duration SHORTEST_REST = Duration.ofMillis(20);

    /// How fast lines may go on.
    @FunctionalInterface
    public interface Pace {
        /// Takes a line: zero when it may go on, otherwise how long until the next one may.
        Duration line();
    }

    /// Where the bytes come from.
    public interface Source {
        /// Asks for the next part, or the end.
        void more();

        /// Lets the intake [#goOn] after a while.
        void rest(Duration duration);

        /// There is nothing more to do.
        void done(Ending ending);
    }

    /// How it ended.
    public sealed interface Ending {
        /// All lines are durable.
        ///
        /// @param refused how many of them do not go further
        record Submitted(JobId job, int lines, int refused) implements Ending {}

        /// As many lines as a job may have are durable, and there are more.
        record TooManyLines(JobId job) implements Ending {}

        /// It is not known whether all lines are durable.
        record Unwritten() implements Ending {}
    }

    private final JobLog log;
    private final CertificateHolder requester;
    private final String remoteAddress;
    private final Executor thread;
    private final Pace pace;
    private final Source source;
    private final LineSplitter splitter = new LineSplitter(SubmittedLine.MAXIMUM_BYTES);
    private @Nullable JobId job;
    private int lines;
    private int refused;
    private int writing;
    /// The line that waits for its turn.
    private LineSplitter.@Nullable Line held;

    private boolean resting;
    private boolean asked;
    private boolean inputEnded;
    private boolean tooMany;
    private boolean over;

    /// @param thread runs what comes back from writing
    public JobIntake(
            JobLog log,
            CertificateHolder requester,
            String remoteAddress,
            Executor thread,
            Pace pace,
            Source source) {
        this.log = log;
        this.requester = requester;
        this.remoteAddress = remoteAddress;
        this.thread = thread;
        this.pace = pace;
        this.source = source;
    }

    /// Opens the job, then asks for the first part.
    ///
    /// @param name CN of the requester's certificate
    public void open(String name) {
        log.open(name)
                .whenCompleteAsync(
                        (opened, failure) -> {
                            if (failure == null) {
                                job = opened;
                                advance();
                            } else {
                                finish(new Ending.Unwritten());
                            }
                        },
                        thread);
    }

    /// Takes a part that was asked for.
    public void take(byte[] part) {
        asked = false;
        splitter.feed(part);
        advance();
    }

    /// Takes the end.
    public void end() {
        inputEnded = true;
        advance();
    }

    /// Goes on after a rest.
    public void goOn() {
        resting = false;
        advance();
    }

    /// Stops: nobody is there any more.
    public void abandon() {
        over = true;
    }

    private void advance() {
        var opened = job;
        if (over || opened == null) {
            return;
        }
        while (writing < WINDOW && !tooMany && !resting) {
            held = held == null ? next().orElse(null) : held;
            if (held == null) {
                break;
            }
            if (lines == MAXIMUM_LINES) {
                tooMany = true;
            } else if (isInTime()) {
                lines++;
                hand(new JobLine(opened, lines), held);
                held = null;
            }
        }
        if (resting) {
            return;
        }
        if (writing == 0 && (inputEnded || tooMany)) {
            submit(opened);
        } else if (writing < WINDOW && !inputEnded && !tooMany && !asked) {
            asked = true;
            source.more();
        }
    }

    private boolean isInTime() {
        var wait = pace.line();
        if (wait.isZero()) {
            return true;
        }
        resting = true;
        source.rest(wait.compareTo(SHORTEST_REST) < 0 ? SHORTEST_REST : wait);
        return false;
    }

    private Optional<LineSplitter.Line> next() {
        var line = splitter.next();
        return line.isEmpty() && inputEnded ? splitter.last() : line;
    }

    private void hand(JobLine line, LineSplitter.Line bytes) {
        switch (SubmittedLine.read(line.number(), bytes)) {
            case SubmittedLine.WellFormed(var device, var certificationRequest) ->
                await(log.request(
                        line,
                        new EnrollmentRequest(
                                requester, Operation.SIMPLE_ENROLL, device, certificationRequest, remoteAddress)));
            case SubmittedLine.Malformed(var deviceId, var finding) -> {
                refused++;
                await(log.refused(line, deviceId, finding));
            }
        }
    }

    private void await(CompletionStage<Void> written) {
        writing++;
        written.whenCompleteAsync(
                (_, failure) -> {
                    writing--;
                    if (failure == null) {
                        advance();
                    } else {
                        finish(new Ending.Unwritten());
                    }
                },
                thread);
    }

    private void submit(JobId opened) {
        if (over) {
            return;
        }
        over = true;
        log.submitted(opened, lines)
                .whenCompleteAsync(
                        (_, failure) -> source.done(
                                failure != null
                                        ? new Ending.Unwritten()
                                        : tooMany
                                                ? new Ending.TooManyLines(opened)
                                                : new Ending.Submitted(opened, lines, refused)),
                        thread);
    }

    private void finish(Ending ending) {
        if (!over) {
            over = true;
            source.done(ending);
        }
    }
}
