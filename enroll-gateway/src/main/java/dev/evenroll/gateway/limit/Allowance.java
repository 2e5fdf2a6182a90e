package dev.evenroll.gateway.limit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/// A token bucket for each name: so many requests in a period, and as many at once after a period's rest.
///
/// A bucket is one number (the moment up to which its requests are paid for, as in GCRA), and one that has not
/// been asked for a period is full, which is what it is when it is forgotten. At most [#MOST] are kept; the one
/// that was asked longest ago goes first. Safe for use by many threads.
final class Allowance {

    /// Names that are remembered: some 10 MB.
    static final int MOST = 50_000;

    private final int most;
    private final long periodNanos;
    private final InstantSource clock;
    private final Map<String, Long> paidUntil = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MOST;
        }
    };

    /// @param most requests in a period; 0 for no limit
    Allowance(int most, Duration period, InstantSource clock) {
        this.most = most;
        this.periodNanos = period.toNanos();
        this.clock = clock;
    }

    int most() {
        return most;
    }

    /// Takes one request from a bucket.
    ///
    /// @return zero when it may pass, otherwise how long until the next one may
    synchronized Duration take(String name) {
        if (most == 0) {
            return Duration.ZERO;
        }
        var now = nanos(clock.instant());
        var price = periodNanos / most;
        var full = now + periodNanos;
        // The upper bound: a clock that was set back must not shut somebody out for hours.
        var paid = Math.clamp(paidUntil.getOrDefault(name, now), now, full);
        if (paid + price > full) {
            return Duration.ofNanos(paid + price - full);
        }
        paidUntil.put(name, paid + price);
        return Duration.ZERO;
    }

    synchronized int remembered() {
        return paidUntil.size();
    }

    private static long nanos(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
    }
}
