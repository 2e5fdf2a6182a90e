package dev.evenroll.gateway.observation;

import dev.evenroll.gateway.observation.Observation.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/// Observations at a bounded rate: anybody who reaches the port may cause them, and they are kept for a year.
///
/// At most [#LIMIT] of each kind in each [#WINDOW]: a stranger who floods one kind does not hide another, such as
/// a revoked certificate. What is above is counted, and the next one of its kind that passes tells the count in its
/// attribute `suppressed`. Safe for use by many threads.
public final class LimitedObservations implements Observations {

    /// Length of a window.
    public static final Duration WINDOW = Duration.ofSeconds(1);
    /// Observations of one kind that pass in one window.
    public static final int LIMIT = 50;

    private final Observations destination;
    private final InstantSource clock;
    private final Map<Kind, Budget> budgets = new EnumMap<>(Kind.class);

    public LimitedObservations(Observations destination, InstantSource clock) {
        this.destination = destination;
        this.clock = clock;
        for (var kind : Kind.values()) {
            budgets.put(kind, new Budget());
        }
    }

    @Override
    public void report(Observation observation) {
        Objects.requireNonNull(budgets.get(observation.kind())).report(observation);
    }

    /// What one kind may use.
    private final class Budget {

        private Instant windowEnd = Instant.MIN;
        private int passed;
        private long suppressed;

        void report(Observation observation) {
            long untold;
            synchronized (this) {
                var now = clock.instant();
                // The second comparison: a clock that was set back must not close the window for hours.
                if (!now.isBefore(windowEnd) || now.isBefore(windowEnd.minus(WINDOW))) {
                    windowEnd = now.plus(WINDOW);
                    passed = 0;
                }
                if (passed == LIMIT) {
                    suppressed++;
                    return;
                }
                passed++;
                untold = suppressed;
                suppressed = 0;
            }
            destination.report(untold == 0 ? observation : observation.with("suppressed", Long.toString(untold)));
        }
    }
}
