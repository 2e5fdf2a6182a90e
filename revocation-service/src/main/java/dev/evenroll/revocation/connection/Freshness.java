package dev.evenroll.revocation.connection;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// How old something is that is known here from elsewhere: unknown at first, then as of some moment.
///
/// Safe for use by many threads.
public final class Freshness {

    private final String what;
    private final Duration limit;
    private final AtomicLong losses = new AtomicLong();
    private volatile Instant asOf = Instant.MIN;

    /// @param what for messages, for example `the registry of devices`
    /// @param limit older is too old to be relied on
    public Freshness(String what, Duration limit) {
        this.what = what;
        this.limit = limit;
    }

    /// Everything that happened until then is known.
    public void knownAsOf(Instant moment) {
        asOf = moment;
    }

    /// Nothing is known any more. To be called before what was known is forgotten.
    public void lost() {
        asOf = Instant.MIN;
        losses.incrementAndGet();
    }

    /// How often it was lost.
    long losses() {
        return losses.get();
    }

    /// Why it can not be relied on; empty when it can.
    public Optional<String> problem(Instant now) {
        var known = asOf;
        if (known.equals(Instant.MIN)) {
            return Optional.of(what + " is not complete yet");
        }
        var age = Duration.between(known, now);
        return age.compareTo(limit) > 0
                ? Optional.of(what + " is known as of " + age.toSeconds() + " s ago, which is too old; see whether the"
                        + " broker can be reached")
                : Optional.empty();
    }
}
