package dev.evenroll.cli.fleet;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/// How long each of many things took.
final class Latencies {

    private final List<Duration> ascending;

    Latencies(Collection<Duration> took) {
        this.ascending = took.stream().sorted().toList();
    }

    /// The time within which this share of them was done (nearest rank); zero when there were none.
    ///
    /// @param percent 1 to 100
    Duration percentile(int percent) {
        if (ascending.isEmpty()) {
            return Duration.ZERO;
        }
        int rank = Math.ceilDiv(percent * ascending.size(), 100);
        return ascending.get(rank - 1);
    }
}
