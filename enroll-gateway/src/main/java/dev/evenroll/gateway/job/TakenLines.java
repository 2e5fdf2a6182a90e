package dev.evenroll.gateway.job;

import java.util.Arrays;

/// The lines of a job that are durable without a gap, each known by a digest of what it holds.
public final class TakenLines {

    /// None yet.
    public static final TakenLines NONE = new TakenLines(new long[0], 0);

    private final long[] digests;

    /// @param digests of the lines, from the first one on
    /// @param count how many of them are durable
    public TakenLines(long[] digests, int count) {
        this.digests = Arrays.copyOf(digests, count);
    }

    public int count() {
        return digests.length;
    }

    /// Whether a line holds what it held when it was taken.
    ///
    /// @param line its number, from 1
    boolean holds(int line, long digest) {
        return digests[line - 1] == digest;
    }
}
