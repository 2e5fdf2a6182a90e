package dev.evenroll.gateway.kafka;

import dev.evenroll.gateway.job.JobIntake;
import dev.evenroll.gateway.job.JobQueries;
import dev.evenroll.schemas.event.Issued;
import dev.evenroll.schemas.event.JobLineEnded;
import dev.evenroll.schemas.event.JobOpened;
import dev.evenroll.schemas.event.JobProgressed;
import dev.evenroll.schemas.event.JobSubmitted;
import dev.evenroll.schemas.event.Pending;
import dev.evenroll.schemas.event.Refused;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What has been read of one job: nine bytes for each line, no certificate. Belongs to the thread of [JobReader].
final class JobView {

    private static final byte RUNNING = 0;
    private static final byte PENDING = 1;
    private static final byte REFUSED = 2;
    private static final byte ISSUED = 3;

    private final int[] counts = new int[ISSUED + 1];
    /// By line, from 1.
    private byte[] states = new byte[64];

    private long[] offsets = new long[64];
    private int highest;
    private int submittedLines = -1;
    private @Nullable String requester;
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
        return requester != null;
    }

    boolean belongsTo(String name) {
        return name.equals(requester);
    }

    /// Enters a step.
    ///
    /// @param offset where it stands
    void enter(JobProgressed progressed, long offset) {
        switch (progressed.getStep()) {
            case JobOpened opening -> requester = requester == null ? opening.getRequester() : requester;
            case JobSubmitted submitted -> submittedLines = submitted.getLines();
            case JobLineEnded ended -> enter(ended, offset);
            case null, default -> {
                // A step that only a newer gateway knows changes no line.
            }
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

    JobQueries.Answer.Progress progress() {
        var lines = Math.max(submittedLines, highest);
        return new JobQueries.Answer.Progress(
                submittedLines >= 0,
                lines,
                counts[ISSUED],
                counts[REFUSED],
                counts[PENDING],
                lines - counts[ISSUED] - counts[REFUSED] - counts[PENDING]);
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
