package dev.evenroll.revocation.crl;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// When a new list is due.
///
/// The first one at once, even when nothing is revoked: a relying party that finds no list must refuse
/// everybody. Then whenever something was revoked, and otherwise at half of the lifetime, so that a day
/// without an issuer does no harm to a list of two days.
///
/// @param lifetime from thisUpdate to nextUpdate; at least [#SHORTEST]
public record CrlSchedule(Duration lifetime) {

    /// Below this, fetching and signing could take longer than the list is valid.
    public static final Duration SHORTEST = Duration.ofMinutes(1);

    public CrlSchedule {
        if (lifetime.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("lifetime: " + lifetime + " is shorter than " + SHORTEST
                    + "; relying parties could not fetch a list before it ends. Set 24h, for example.");
        }
    }

    /// Whether a list has to be prepared.
    ///
    /// @param progress of the shard; empty before its first list
    public boolean due(Optional<CrlProgress> progress, Instant now) {
        return progress.map(last ->
                        last.changed() || !now.isBefore(last.nextUpdate().minus(lifetime.dividedBy(2))))
                .orElse(true);
    }

    /// What stands when the next list has been prepared with [#thisUpdate] of `now`.
    public CrlProgress next(Optional<CrlProgress> progress, Instant now) {
        return new CrlProgress(
                progress.map(CrlProgress::number).orElse(0L) + 1,
                thisUpdate(now).plus(lifetime),
                false);
    }

    /// When a list prepared now says it was made: lists know whole seconds only.
    public static Instant thisUpdate(Instant now) {
        return now.truncatedTo(ChronoUnit.SECONDS);
    }
}
