package dev.evenroll.validator.streams;

import dev.evenroll.schemas.state.PendingEnrollment;
import dev.evenroll.validator.enrollment.Approval;
import dev.evenroll.validator.enrollment.ApprovalPage;
import dev.evenroll.validator.enrollment.ApprovalPlace;
import dev.evenroll.validator.enrollment.ApprovalQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/// Looks through partitions of the enrollments that wait, or waited, for a person, so far as one page needs.
/// Used by one thread.
final class ApprovalScan {

    /// A filter that matches little must not look at everything for one page.
    private static final int MOST_LOOKED_AT = 20_000;

    private final ApprovalQuery query;
    private final Instant now;
    private final int mostLookedAt;
    private final Set<Integer> partitions = new HashSet<>();
    private final List<Approval> found = new ArrayList<>();
    /// How far all partitions have been looked at; null when to their ends.
    private @Nullable ApprovalPlace reach;

    ApprovalScan(ApprovalQuery query, Instant now) {
        this(query, now, MOST_LOOKED_AT);
    }

    /// @param mostLookedAt at most so many entries of a partition are looked at
    ApprovalScan(ApprovalQuery query, Instant now, int mostLookedAt) {
        this.query = query;
        this.now = now;
        this.mostLookedAt = mostLookedAt;
    }

    /// Looks through a partition, in the order of its keys, which is that of the places.
    void add(int partition, ReadOnlyKeyValueStore<String, PendingEnrollment> store) {
        partitions.add(partition);
        try (var entries = store.range(from(), to())) {
            var matching = 0;
            @Nullable ApprovalPlace last = null;
            for (var looked = 0; entries.hasNext(); looked++) {
                if (matching == query.limit() || looked == mostLookedAt) {
                    reach(Objects.requireNonNull(last));
                    return;
                }
                var approval = ApprovalRecords.toDomain(entries.next().value);
                last = ApprovalPlace.of(approval);
                if (isWanted(approval, last)) {
                    found.add(approval);
                    matching++;
                }
            }
        }
    }

    /// A range includes its beginning.
    private boolean isWanted(Approval approval, ApprovalPlace place) {
        return approval.standing(now) != Approval.Standing.EXPIRED
                && query.matches(approval)
                && !place.equals(query.after());
    }

    private void reach(ApprovalPlace place) {
        if (reach == null || place.compareTo(reach) < 0) {
            reach = place;
        }
    }

    private @Nullable String from() {
        var after = query.after();
        if (after != null) {
            return KeyWithinDevice.of(after.deviceId(), after.enrollmentId());
        }
        var device = query.device();
        return device == null ? null : KeyWithinDevice.prefix(device.value());
    }

    private @Nullable String to() {
        var device = query.device();
        return device == null ? null : KeyWithinDevice.end(device.value());
    }

    /// The first ones of all partitions, as far as every partition was looked at.
    ApprovalPage page() {
        var end = reach;
        var within = found.stream()
                .filter(approval -> end == null || ApprovalPlace.of(approval).compareTo(end) <= 0)
                .sorted(Comparator.comparing(ApprovalPlace::of))
                .toList();
        return within.size() > query.limit()
                ? new ApprovalPage(
                        within.subList(0, query.limit()), ApprovalPlace.of(within.get(query.limit() - 1)), partitions)
                : new ApprovalPage(within, end, partitions);
    }
}
