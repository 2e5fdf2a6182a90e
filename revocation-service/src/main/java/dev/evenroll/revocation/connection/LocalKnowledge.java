package dev.evenroll.revocation.connection;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Everything that answers are made of here: only as good as the worst part of it.
///
/// @param parts each known as of some moment
public record LocalKnowledge(List<Freshness> parts) {

    public LocalKnowledge {
        parts = List.copyOf(parts);
    }

    /// Why it can not be relied on; empty when it can.
    public Optional<String> problem(Instant now) {
        return parts.stream().flatMap(part -> part.problem(now).stream()).findFirst();
    }

    /// How often a part was lost: what was looked up while this number changed counts for nothing.
    public long losses() {
        return parts.stream().mapToLong(Freshness::losses).sum();
    }
}
