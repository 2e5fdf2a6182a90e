package dev.evenroll.revocation.crl;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// The revocation lists of all CAs at a glance, for whoever administers them.
public final class CrlOverview {

    private final PublishedCrls published;
    private final UnsignedCrls unsigned;
    private final InstantSource clock;

    /// A shard and its lists.
    ///
    /// @param complete the list of everything that is revoked; empty when none is signed yet
    /// @param delta the list of what has changed; empty when there is none
    /// @param unsignedSince since when a list waits that should be signed by now; empty when all is well
    public record Line(
            CrlShard shard,
            Optional<PublishedCrl> complete,
            Optional<PublishedCrl> delta,
            Optional<Instant> unsignedSince) {}

    public CrlOverview(PublishedCrls published, UnsignedCrls unsigned, InstantSource clock) {
        this.published = published;
        this.unsigned = unsigned;
        this.clock = clock;
    }

    /// Every shard, those of a CA together, in the order of their numbers.
    public List<Line> lines() {
        var now = clock.instant();
        return published.shards().stream()
                .map(shard -> new Line(
                        shard,
                        published.find(shard.complete()),
                        published.find(shard.delta()),
                        unsigned.overdueSince(shard, now)))
                .toList();
    }
}
