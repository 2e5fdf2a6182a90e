package dev.evenroll.gateway.kafka;

import dev.evenroll.gateway.authentication.RegistrationAuthority;
import dev.evenroll.gateway.job.JobIntake;
import dev.evenroll.gateway.job.JobOwner;
import dev.evenroll.gateway.job.JobQueries;
import dev.evenroll.gateway.job.JobState;
import dev.evenroll.gateway.job.TakenLines;
import dev.evenroll.schemas.event.Issued;
import dev.evenroll.schemas.event.JobInterrupted;
import dev.evenroll.schemas.event.JobLineEnded;
import dev.evenroll.schemas.event.JobLinesTaken;
import dev.evenroll.schemas.event.JobOpened;
import dev.evenroll.schemas.event.JobProgressed;
import dev.evenroll.schemas.event.JobSubmitted;
import dev.evenroll.schemas.event.Pending;
import dev.evenroll.schemas.event.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What has been read of one job: 17 bytes for each line, no certificate. Belongs to the thread of [JobReader].
final class JobView {

    private static final byte RUNNING = 0;
    private static final byte PENDING = 1;
    private static final byte REFUSED = 2;
    private static final byte ISSUED = 3;

    /// An upload tells of itself every few seconds; one that has not for so long is gone, and its gateway with it.
    private static final Duration SILENCE = Duration.ofMinutes(1);

    private final int[] counts = new int[ISSUED + 1];
    /// By line, from 1.
    private byte[] states = new byte[64];

    private long[] offsets = new long[64];
    private final BitSet malformed = new BitSet();
    /// Of the lines that are durable without a gap, from the first one on.
    private long[] digests = new long[64];
    private int taken;
    private Instant heard = Instant.EPOCH;
    private boolean interrupted;
    private int highest;
    private int submittedLines = -1;
    private @Nullable JobOwner owner;
    private long position;

    /// @param position offset to read from
    JobView(long position) {
        this.position = position;
    }

    /// The offset of the next record to be read.
    long position() {
        return position;
    }

    void position(long next) {
        position = next;
    }

    /// Whether the beginning of the job has been read.
    boolean opened() {
        return owner != null;
    }

    boolean belongsTo(RegistrationAuthority requester) {
        return owner != null && owner.is(requester);
    }

    /// Enters a step.
    ///
    /// @param offset where it stands
    void enter(JobProgressed progressed, long offset) {
        switch (progressed.getStep()) {
            case JobOpened opening -> {
                owner = owner == null ? new JobOwner(opening.getRequester(), opening.getIssuerKeySha256()) : owner;
                heard(progressed.getOccurredAt(), false);
            }
            case JobLinesTaken lines -> {
                enter(lines);
                heard(progressed.getOccurredAt(), false);
            }
            case JobInterrupted _ -> heard(progressed.getOccurredAt(), true);
            case JobSubmitted submitted -> submittedLines = submitted.getLines();
            case JobLineEnded ended -> enter(ended, offset);
            case null, default -> {
                // A step that only a newer gateway knows changes no line.
            }
        }
    }

    private void heard(Instant when, boolean broken) {
        heard = when;
        interrupted = broken;
    }

    /// A line that is told again, by an upload beside this one, stays what it was; one behind a gap does not count yet.
    private void enter(JobLinesTaken lines) {
        var line = lines.getFirst();
        for (long digest : lines.getDigests()) {
            if (line == taken + 1 && line <= JobIntake.MAXIMUM_LINES) {
                if (taken == digests.length) {
                    digests = Arrays.copyOf(digests, Math.min(2 * taken, JobIntake.MAXIMUM_LINES));
                }
                digests[taken] = digest;
                taken++;
            }
            line++;
        }
    }

    private void enter(JobLineEnded ended, long offset) {
        var line = ended.getLine();
        if (line < 1 || line > JobIntake.MAXIMUM_LINES) {
            return;
        }
        if (line >= states.length) {
            var length = Math.max(line + 1, Math.min(2 * states.length, JobIntake.MAXIMUM_LINES + 1));
            states = Arrays.copyOf(states, length);
            offsets = Arrays.copyOf(offsets, length);
        }
        highest = Math.max(highest, line);
        if (ended.getEnrollmentId().isEmpty()) {
            malformed.set(line);
        }
        var state = state(ended.getResult());
        // Told twice, or late: what is further on stays.
        if (state > states[line]) {
            counts[states[line]]--;
            counts[state]++;
            states[line] = state;
            offsets[line] = offset;
        }
    }

    private static byte state(@Nullable Object result) {
        return switch (result) {
            case Issued _ -> ISSUED;
            case Refused _ -> REFUSED;
            case Pending _ -> PENDING;
            case null, default -> RUNNING;
        };
    }

    JobQueries.Answer.Progress progress(Instant now) {
        var lines = Math.max(submittedLines, Math.max(taken, highest));
        return new JobQueries.Answer.Progress(
                state(lines, now),
                taken,
                lines,
                counts[ISSUED],
                counts[REFUSED],
                counts[PENDING],
                lines - counts[ISSUED] - counts[REFUSED] - counts[PENDING]);
    }

    private JobState state(int lines, Instant now) {
        if (submittedLines >= 0) {
            return counts[ISSUED] + counts[REFUSED] == lines ? JobState.DONE : JobState.SUBMITTED;
        }
        return interrupted || now.isAfter(heard.plus(SILENCE)) ? JobState.INTERRUPTED : JobState.RECEIVING;
    }

    JobQueries.Answer.Standing standing() {
        return new JobQueries.Answer.Standing(
                submittedLines >= 0,
                new TakenLines(digests, taken),
                malformed.get(0, taken + 1).cardinality());
    }

    /// Where the ends of the lines behind a line stand.
    ///
    /// @param limit how many at most
    SortedMap<Long, Integer> ended(int after, int limit) {
        var found = new TreeMap<Long, Integer>();
        for (var line = after + 1; line <= highest && found.size() < limit; line++) {
            if (states[line] != RUNNING) {
                found.put(offsets[line], line);
            }
        }
        return found;
    }
}
