package dev.evenroll.revocation.crl;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The prepared lists of this replica that wait for the issuer's signature, and since when.
///
/// A list is prepared again after [#FIRST_RETRY], then in growing distances up to [#LONGEST_RETRY]: the
/// issuer may have refused it, or never seen it. In memory only: after a restart the wait counts from
/// there. The tasks of the shards write, health reads.
public final class UnsignedCrls {

    static final Duration FIRST_RETRY = Duration.ofSeconds(10);
    static final Duration LONGEST_RETRY = Duration.ofMinutes(1);
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Map<CrlShard, Wait> waits = new ConcurrentHashMap<>();

    /// @param signed cRLNumber of the last signed list; a wait ends when it rises, since the issuer
    ///     works then
    /// @param since when the wait began
    /// @param prepared when the list that waits was prepared
    private record Wait(long signed, Instant since, Instant prepared) {

        /// The back-off doubles by waiting as long again as the wait has lasted.
        boolean retry(Instant now) {
            var pause = Duration.between(since, prepared);
            if (pause.compareTo(FIRST_RETRY) < 0) {
                pause = FIRST_RETRY;
            } else if (pause.compareTo(LONGEST_RETRY) > 0) {
                pause = LONGEST_RETRY;
            }
            return !now.isBefore(prepared.plus(pause));
        }
    }

    /// A list was prepared.
    ///
    /// @param signed cRLNumber of the last list of the shard that was signed; 0 before the first
    public void prepared(CrlShard shard, long signed, Instant now) {
        waits.merge(
                shard,
                new Wait(signed, now, now),
                (before, fresh) -> before.signed() == signed ? new Wait(signed, before.since(), now) : fresh);
    }

    /// Whether the list that still waits has to be prepared again.
    ///
    /// @param signed cRLNumber of the last list of the shard that was signed; 0 before the first
    public boolean retryDue(CrlShard shard, long signed, Instant now) {
        return waits.merge(
                        shard,
                        new Wait(signed, now, now),
                        (before, fresh) -> before.signed() == signed ? before : fresh)
                .retry(now);
    }

    /// No list of the shard waits here: it is signed, or another replica works on the shard.
    public void end(CrlShard shard) {
        waits.remove(shard);
    }

    /// Since when a list waits that should be signed by now; empty when all is well.
    public Optional<Instant> overdueSince(CrlShard shard, Instant now) {
        return Optional.ofNullable(waits.get(shard))
                .map(Wait::since)
                .filter(since -> since.plus(PATIENCE).isBefore(now));
    }
}
