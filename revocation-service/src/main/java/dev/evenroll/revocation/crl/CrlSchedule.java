package dev.evenroll.revocation.crl;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// When a new list is due.
///
/// The first one at once, even when nothing is revoked: a relying party that finds no list must refuse
/// everybody. Then whenever something was revoked, and otherwise when half of the lifetime is left at the
/// latest, so that a day without an issuer does no harm to a list of two days. A list that waits for its
/// signature is replaced when [UnsignedCrls] says so.
///
/// The lists of the shards of a CA begin at one moment. So that they are not all renewed at one moment for
/// ever, some are renewed earlier than others, by up to a quarter of the lifetime.
///
/// @param lifetime from the preparation to nextUpdate; at least [#SHORTEST]
public record CrlSchedule(Duration lifetime) {

    /// Below this, fetching and signing could take longer than the list is valid.
    public static final Duration SHORTEST = Duration.ofMinutes(1);

    /// How far the clocks of this service, of the issuer and of relying parties may disagree. Dates
    /// on a list lie so much earlier: the issuer refuses a list that speaks of the future.
    public static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(1);

    /// Groups of shards that are renewed at one moment.
    private static final int GROUPS = 16;

    public CrlSchedule {
        if (lifetime.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("lifetime: " + lifetime + " is shorter than " + SHORTEST
                    + "; relying parties could not fetch a list before it ends. Set 24h, for example.");
        }
    }

    /// Whether a list has to be prepared, when none waits for its signature.
    ///
    /// @param shard number of the shard
    /// @param progress of the shard; empty before its first list
    /// @param signed cRLNumber of the last list that was signed; 0 before the first. Above the number
    ///     in `progress` when the shard's state was lost: then the signed list is not made from this
    ///     state
    public boolean due(int shard, Optional<CrlProgress> progress, long signed, Instant now) {
        return progress.map(last -> last.changed()
                        || last.number() < signed
                        || !now.isBefore(last.nextUpdate()
                                .minus(lifetime.dividedBy(2))
                                .minus(lifetime.dividedBy(4).dividedBy(GROUPS).multipliedBy(shard % GROUPS))))
                .orElse(true);
    }

    /// What stands when the next list has been prepared at `now`. Its number is above all that were
    /// prepared and all that were signed: numbers must rise even when the shard's state was lost (RFC
    /// 5280 section 5.2.3).
    ///
    /// Delta lists are relative to one list for at least half of the lifetime, so that who has that list needs
    /// no other for as long. Then the last one takes its place, if it was signed.
    ///
    /// @param signed cRLNumber of the last list that was signed; 0 before the first
    public CrlProgress next(Optional<CrlProgress> progress, long signed, Instant now) {
        var prepared = progress.map(CrlProgress::number).orElse(0L);
        return new CrlProgress(
                Math.max(prepared, signed) + 1,
                now.truncatedTo(ChronoUnit.SECONDS).plus(lifetime),
                false,
                progress.flatMap(last -> base(last, signed, now)));
    }

    private Optional<CrlProgress.Base> base(CrlProgress last, long signed, Instant now) {
        var worn = last.base()
                .map(base -> !now.isBefore(base.since().plus(lifetime.dividedBy(2))))
                .orElse(true);
        return worn && last.number() == signed ? Optional.of(new CrlProgress.Base(signed, now)) : last.base();
    }

    /// When a list prepared now says it was made: [#CLOCK_TOLERANCE] ago, in whole seconds as lists
    /// know them.
    public static Instant thisUpdate(Instant now) {
        return now.truncatedTo(ChronoUnit.SECONDS).minus(CLOCK_TOLERANCE);
    }
}
