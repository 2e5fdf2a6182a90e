package dev.evenroll.cli.retry;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// Repeats an attempt that met a fault until it succeeds or the time is up: after 200 ms at first, then after twice as
/// long each time up to 5 s, or when the other side asked to be tried again.
///
/// Safe for use by many threads.
public final class Patience {

    private static final Duration FIRST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(5);
    /// A server that asks for more is asked again nevertheless: it may have recovered.
    private static final Duration LONGEST_ASKED_FOR = Duration.ofSeconds(30);

    private final InstantSource clock;
    private final Pause pause;
    private final Duration limit;
    private final Consumer<FaultException> told;

    /// Patience for a time.
    ///
    /// @param limit how long an attempt is repeated, from its first start
    public Patience(InstantSource clock, Pause pause, Duration limit) {
        this(clock, pause, limit, _ -> {});
    }

    private Patience(InstantSource clock, Pause pause, Duration limit, Consumer<FaultException> told) {
        this.clock = clock;
        this.pause = pause;
        this.limit = limit;
        this.told = told;
    }

    /// The same patience, which tells of every fault that it waits out.
    public Patience telling(Consumer<FaultException> listener) {
        return new Patience(clock, pause, limit, listener);
    }

    /// The patience of a person at a terminal or of a device: real time.
    public static Patience of(Duration limit) {
        return new Patience(InstantSource.system(), Thread::sleep, limit);
    }

    /// What the first attempt brings that meets no fault.
    ///
    /// @throws FaultException the last fault, when the time is up
    public <T> T untilDone(Attempt<T> attempt) throws FaultException, FinalException, InterruptedException {
        var deadline = clock.instant().plus(limit);
        var backOff = FIRST;
        while (true) {
            try {
                return attempt.make();
            } catch (FaultException fault) {
                var wait = fault.retryAfter().map(Patience::capped).orElse(jittered(backOff));
                if (clock.instant().plus(wait).isAfter(deadline)) {
                    throw fault;
                }
                told.accept(fault);
                pause.last(wait);
                backOff = shorter(backOff.multipliedBy(2), LONGEST);
            }
        }
    }

    /// Devices that failed together do not come back together.
    private static Duration jittered(Duration backOff) {
        double factor = RandomGenerator.getDefault().nextDouble(0.75, 1.25);
        return Duration.ofMillis((long) (backOff.toMillis() * factor));
    }

    private static Duration capped(Duration askedFor) {
        return shorter(askedFor, LONGEST_ASKED_FOR);
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
