package dev.evenroll.cli.process;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;

/// How often one process may be started again before it is given up: a few times in a while. Not thread-safe.
public final class RestartBudget {

    private final int most;
    private final Duration within;
    private final InstantSource clock;
    private final Deque<Instant> restarts = new ArrayDeque<>();

    public RestartBudget(int most, Duration within, InstantSource clock) {
        this.most = most;
        this.within = within;
        this.clock = clock;
    }

    /// Takes one restart, if there is one left.
    public boolean take() {
        var now = clock.instant();
        restarts.removeIf(restart -> !restart.isAfter(now.minus(within)));
        if (restarts.size() >= most) {
            return false;
        }
        restarts.add(now);
        return true;
    }
}
