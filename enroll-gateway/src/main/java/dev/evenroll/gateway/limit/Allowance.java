package dev.evenroll.gateway.limit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/// A token bucket for each name: so many requests a minute, and as many at once after a minute's rest.
///
/// A bucket is one number (the moment up to which its requests are paid for, as in GCRA), and one that has not
/// been asked for a minute is full, which is what it is when it is forgotten. At most [#MOST] are kept; the one
/// that was asked longest ago goes first. Safe for use by many threads.
final class Allowance {

    /// Names that are remembered: some 10 MB.
    static final int MOST = 50_000;

    private static final long MINUTE_NANOS = Duration.ofMinutes(1).toNanos();

    private final int perMinute;
    private final InstantSource clock;
    private final Map<String, Long> paidUntil = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MOST;
        }
    };

    /// @param perMinute 0 for no limit
    Allowance(int perMinute, InstantSource clock) {
        this.perMinute = perMinute;
        this.clock = clock;
    }

    int perMinute() {
        return perMinute;
    }

    /// Takes one request from a bucket.
    ///
    /// @return zero when it may pass, otherwise how long until the next one may
    synchronized Duration take(String name) {
        if (perMinute == 0) {
            return Duration.ZERO;
        }
        var now = nanos(clock.instant());
        var price = MINUTE_NANOS / perMinute;
        var full = now + MINUTE_NANOS;
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
