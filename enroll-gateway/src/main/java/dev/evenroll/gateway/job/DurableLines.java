package dev.evenroll.gateway.job;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// Which lines of an upload are durable: they become so in any order, and count as far as there is no gap.
final class DurableLines {

    /// Lines that are durable and have not been told yet.
    ///
    /// @param first number of the first of them
    /// @param digests what each of them holds
    record Part(int first, List<Long> digests) {}

    private final BitSet written = new BitSet();
    /// Of the lines behind those that have been told.
    private final List<Long> digests = new ArrayList<>();

    private int count;
    private int told;

    /// @param before lines of earlier uploads
    DurableLines(int before) {
        this.count = before;
        this.told = before;
    }

    /// The next line is being written.
    void hand(long digest) {
        digests.add(digest);
    }

    /// A line is durable.
    void written(int line) {
        written.set(line);
        while (written.get(count + 1)) {
            count++;
        }
    }

    /// How many are durable without a gap.
    int count() {
        return count;
    }

    int untold() {
        return count - told;
    }

    /// What has not been told; told from now on.
    Part tell() {
        var fresh = digests.subList(0, untold());
        var part = new Part(told + 1, List.copyOf(fresh));
        fresh.clear();
        told = count;
        return part;
    }
}
