package dev.evenroll.gateway.service;

import dev.evenroll.gateway.limit.JobLimits;
import dev.evenroll.gateway.limit.RateLimits;
import java.time.Duration;

/// What the numbers of the configuration may be.
final class Ranges {

    /// Devices and the proxies before them give up a silent connection after some minutes.
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    private static final Duration SHORTEST_WAIT = Duration.ofMillis(100);
    /// Some kilobytes each.
    private static final int MOST_PARKED = 100_000;

    /// More is no limit; who wants none says so.
    private static final int MOST_PER_MINUTE = 1_000_000;

    /// Each holds 250 lines of 24 KiB at most.
    private static final int MOST_UPLOADS = 64;

    private static final int MOST_LINES_PER_SECOND = 100_000;
    private static final int MOST_OPEN = 1_000;

    private Ranges() {}

    /// @throws IllegalArgumentException when one is out of its range, with the property to set
    static RateLimits.Settings check(GatewayConfiguration.Limits limits) {
        check("address-per-minute", limits.addressPerMinute());
        check("requester-per-minute", limits.requesterPerMinute());
        check("device-per-minute", limits.devicePerMinute());
        return new RateLimits.Settings(
                limits.addressPerMinute(), limits.requesterPerMinute(), limits.devicePerMinute());
    }

    private static void check(String property, int perMinute) {
        if (perMinute < 0 || perMinute > MOST_PER_MINUTE) {
            throw new IllegalArgumentException("evenroll.limits." + property + ": " + perMinute
                    + " is out of range; give a number from 1 to " + MOST_PER_MINUTE + ", or 0 for no limit.");
        }
    }

    /// @throws IllegalArgumentException when one is out of its range, with the property to set
    static JobLimits.Settings check(GatewayConfiguration.Jobs jobs) {
        check("evenroll.jobs.uploads", jobs.uploads(), 2, MOST_UPLOADS, ".");
        check(
                "evenroll.jobs.uploads-per-authority",
                jobs.uploadsPerAuthority(),
                1,
                jobs.uploads() - 1,
                ", fewer than evenroll.jobs.uploads: another authority has to find room.");
        check("evenroll.jobs.lines-per-second", jobs.linesPerSecond(), 0, MOST_LINES_PER_SECOND, "; 0 is no limit.");
        check("evenroll.jobs.open-per-authority", jobs.openPerAuthority(), 1, MOST_OPEN, ".");
        return new JobLimits.Settings(jobs.uploads(), jobs.uploadsPerAuthority(), jobs.linesPerSecond());
    }

    private static void check(String property, int number, int least, int most, String more) {
        if (number < least || number > most) {
            throw new IllegalArgumentException(
                    property + ": " + number + " is out of range; give a number from " + least + " to " + most + more);
        }
    }

    /// @throws IllegalArgumentException when one is out of its range, with the property to set
    static void check(GatewayConfiguration.Est est) {
        var wait = est.waitLimit();
        if (wait.compareTo(SHORTEST_WAIT) < 0 || wait.compareTo(LONGEST_WAIT) > 0) {
            throw new IllegalArgumentException("evenroll.est.wait: " + wait.toMillis()
                    + " ms is out of range; give a time from 100ms to 120s, for example 10s.");
        }
        if (est.parked() < 1 || est.parked() > MOST_PARKED) {
            throw new IllegalArgumentException("evenroll.est.parked: " + est.parked()
                    + " is out of range; give a number from 1 to " + MOST_PARKED + ".");
        }
    }
}
