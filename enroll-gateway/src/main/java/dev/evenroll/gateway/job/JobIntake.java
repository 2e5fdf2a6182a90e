package dev.evenroll.gateway.job;

import dev.evenroll.gateway.authentication.CertificateHolder;
import dev.evenroll.gateway.enrollment.EnrollmentRequest;
import dev.evenroll.gateway.enrollment.Operation;
import dev.evenroll.gateway.job.JobQueries.Answer.Standing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// One upload of a job: each line becomes a request, or the end of that line, and the next bytes are taken when what
/// was made of those before is durable and the [Pace] lets them. So the memory that a job needs does not grow with it.
///
/// How far the lines are durable without a gap is told every now and then, and when the upload breaks off: the next
/// upload goes on from there. A line that was taken before is known by its number and not taken again; it has to hold
/// what it held. What was written and not told is written once more, as the same enrollment.
///
/// Confined to one thread, that of the executor.
public final class JobIntake {

    /// Most lines of a job.
    public static final int MAXIMUM_LINES = 200_000;

    /// Lines that are being written at a time, and lines after which it is told how many are durable.
    private static final int WINDOW = 250;

    /// Shortest rest: to be woken for each single line would cost more than the line.
    private static final Duration SHORTEST_REST = Duration.ofMillis(20);
    /// A slow upload is told of so often: one of which nothing is heard counts as broken off.
    private static final Duration BETWEEN_TOLD = Duration.ofSeconds(5);

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
        /// @param refused how many of them hold no usable request
        record Submitted(JobId job, int lines, int refused) implements Ending {}

        /// As many lines as a job may have are durable, and there are more.
        record TooManyLines(JobId job) implements Ending {}

        /// A line is another than the one that was taken under its number.
        record Different(JobId job, int line) implements Ending {}

        /// There are lines behind the last one of a job that has been submitted.
        record Complete(JobId job, int lines) implements Ending {}

        /// It is not known whether all lines are durable.
        record Unwritten(JobId job) implements Ending {}
    }

    private final JobLog log;
    private final CertificateHolder requester;
    private final String remoteAddress;
    private final Executor thread;
    private final Pace pace;
    private final InstantSource clock;
    private final Source source;
    private final LineSplitter splitter = new LineSplitter(SubmittedLine.MAXIMUM_BYTES);
    private @Nullable JobId job;
    private Standing before = Standing.NEW;
    private DurableLines durable = new DurableLines(0);
    private Instant told = Instant.EPOCH;
    /// The line that waits for its turn.
    private LineSplitter.@Nullable Line held;

    private int lines;
    private int refused;
    private int writing;
    private boolean resting;
    private boolean asked;
    private boolean inputEnded;
    private boolean tooMany;
    private boolean over;
    private boolean brokenOff;

    /// @param thread runs what comes back from writing
    public JobIntake(
            JobLog log,
            CertificateHolder requester,
            String remoteAddress,
            Executor thread,
            Pace pace,
            InstantSource clock,
            Source source) {
        this.log = log;
        this.requester = requester;
        this.remoteAddress = remoteAddress;
        this.thread = thread;
        this.pace = pace;
        this.clock = clock;
        this.source = source;
    }

    /// Asks for the first part.
    ///
    /// @param after number of the line behind which the lines begin; not more than have been taken
    /// @param standing what earlier uploads brought
    public void begin(JobId opened, int after, Standing standing) {
        job = opened;
        lines = after;
        before = standing;
        durable = new DurableLines(standing.taken().count());
        told = clock.instant();
        advance();
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
        if (!over) {
            over = true;
            breakOff();
        }
    }

    private void advance() {
        var opened = job;
        if (over || opened == null) {
            return;
        }
        while (writing < WINDOW && !tooMany && !resting && !over) {
            held = held == null ? next().orElse(null) : held;
            if (held == null) {
                break;
            }
            next(opened, held);
        }
        if (over || resting) {
            return;
        }
        if (writing == 0 && (inputEnded || tooMany)) {
            submit(opened);
        } else if (writing < WINDOW && !inputEnded && !tooMany && !asked) {
            asked = true;
            source.more();
        }
    }

    private Optional<LineSplitter.Line> next() {
        var line = splitter.next();
        return line.isEmpty() && inputEnded ? splitter.last() : line;
    }

    private void next(JobId opened, LineSplitter.Line line) {
        if (lines < before.taken().count()) {
            if (before.taken().holds(lines + 1, line.digest())) {
                lines++;
                held = null;
            } else {
                finish(new Ending.Different(opened, lines + 1));
            }
        } else if (before.submitted()) {
            finish(new Ending.Complete(opened, lines));
        } else if (lines == MAXIMUM_LINES) {
            tooMany = true;
        } else if (isInTime()) {
            lines++;
            durable.hand(line.digest());
            hand(new JobLine(opened, lines), line);
            held = null;
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

    private void hand(JobLine line, LineSplitter.Line bytes) {
        Runnable written = () -> durable.written(line.number());
        switch (SubmittedLine.read(line.number(), bytes)) {
            case SubmittedLine.WellFormed(var device, var certificationRequest) ->
                await(
                        log.request(
                                line,
                                new EnrollmentRequest(
                                        requester,
                                        Operation.SIMPLE_ENROLL,
                                        device,
                                        certificationRequest,
                                        remoteAddress)),
                        written);
            case SubmittedLine.Malformed(var deviceId, var finding) -> {
                refused++;
                await(log.refused(line, deviceId, finding), written);
            }
        }
    }

    private void await(CompletionStage<Void> written, Runnable then) {
        writing++;
        written.whenCompleteAsync(
                (_, failure) -> {
                    writing--;
                    if (failure == null) {
                        then.run();
                    }
                    if (brokenOff) {
                        tellBreak();
                    } else if (failure != null && job != null) {
                        finish(new Ending.Unwritten(job));
                    } else if (!over) {
                        tellWhenDue();
                        advance();
                    }
                },
                thread);
    }

    private void tellWhenDue() {
        var due = durable.untold() > 0 && !clock.instant().isBefore(told.plus(BETWEEN_TOLD));
        if (job != null && (durable.untold() >= WINDOW || due)) {
            await(tell(job), () -> {});
        }
    }

    private CompletionStage<Void> tell(JobId opened) {
        told = clock.instant();
        if (durable.untold() == 0) {
            return CompletableFuture.completedFuture(null);
        }
        var part = durable.tell();
        return log.taken(opened, part.first(), part.digests());
    }

    private void submit(JobId opened) {
        over = true;
        var all = Math.max(lines, before.taken().count());
        // Told again of a job that was submitted before: whoever told it then may have come no further.
        tell(opened)
                .thenCompose(_ -> log.submitted(opened, all))
                .whenCompleteAsync(
                        (_, failure) -> source.done(
                                failure != null
                                        ? new Ending.Unwritten(opened)
                                        : tooMany
                                                ? new Ending.TooManyLines(opened)
                                                : new Ending.Submitted(opened, all, before.malformed() + refused)),
                        thread);
    }

    private void finish(Ending ending) {
        if (!over) {
            over = true;
            breakOff();
            source.done(ending);
        }
    }

    /// What is being written may still become durable: it is told when that is known.
    private void breakOff() {
        brokenOff = true;
        tellBreak();
    }

    private void tellBreak() {
        var opened = job;
        if (writing > 0 || opened == null || before.submitted()) {
            return;
        }
        // Nobody waits for it. When it can not be written, the lines of the last part are brought once more.
        var _ = tell(opened).thenCompose(_ -> log.interrupted(opened, durable.count()));
    }
}
