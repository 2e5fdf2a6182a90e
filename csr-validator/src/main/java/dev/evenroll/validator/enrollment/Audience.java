package dev.evenroll.validator.enrollment;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everybody who is told how an enrollment stands.
///
/// @param partitions partitions of enrollment.outcome whose gateway replicas wait, each once
/// @param jobLines lines of bulk jobs, each once, at most [#MOST_JOB_LINES]
public record Audience(List<Integer> partitions, List<JobLine> jobLines) {

    /// In the place of a partition: no gateway waits.
    public static final int NOBODY = -1;
    /// More lines than this never wait for one enrollment: a job says each thing once.
    public static final int MOST_JOB_LINES = 100;

    public static final Audience NONE = new Audience(List.of(), List.of());

    public Audience {
        partitions = List.copyOf(partitions);
        jobLines = List.copyOf(jobLines);
        if (partitions.contains(NOBODY)) {
            throw new IllegalArgumentException("partitions: hold " + NOBODY + "; nobody is told nothing");
        }
        if (jobLines.size() > MOST_JOB_LINES) {
            throw new IllegalArgumentException(
                    "job lines: are " + jobLines.size() + "; at most " + MOST_JOB_LINES + " wait for one enrollment");
        }
    }

    /// Those behind one request.
    ///
    /// @param partition a partition, or [#NOBODY]
    public static Audience of(int partition, @Nullable JobLine jobLine) {
        return NONE.with(partition).with(jobLine);
    }

    /// The same and one more partition; the same when it is there, or [#NOBODY].
    public Audience with(int partition) {
        if (partition == NOBODY || partitions.contains(partition)) {
            return this;
        }
        var more = new ArrayList<>(partitions);
        more.add(partition);
        return new Audience(more, jobLines);
    }

    /// The same and one more line; the same when it is there, or null.
    ///
    /// @throws IllegalArgumentException when there is [no room][#hasRoomFor(JobLine)]
    public Audience with(@Nullable JobLine jobLine) {
        if (jobLine == null || jobLines.contains(jobLine)) {
            return this;
        }
        var more = new ArrayList<>(jobLines);
        more.add(jobLine);
        return new Audience(partitions, more);
    }

    /// Whether the line is there, or fits.
    public boolean hasRoomFor(@Nullable JobLine jobLine) {
        return jobLine == null || jobLines.contains(jobLine) || jobLines.size() < MOST_JOB_LINES;
    }
}
