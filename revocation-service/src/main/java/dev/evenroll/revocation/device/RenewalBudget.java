package dev.evenroll.revocation.device;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// So many renewals a second, and so many a minute at a site: of one replica, in memory. After a restart it begins
/// anew; places that were kept before are kept still, in the inventory.
///
/// Safe for use by many threads.
public final class RenewalBudget implements Pacer {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final int perSecond;
    private final Duration pauseAtSite;
    private final Map<String, Instant> nextAtSite = new HashMap<>();
    /// Places taken, by second; only of seconds that are not over.
    private final TreeMap<Long, Integer> taken = new TreeMap<>();
    /// Of a full second, one after it that may have a place.
    private final TreeMap<Long, Long> later = new TreeMap<>();

    private Instant swept = Instant.EPOCH;

    /// @param perSecond renewals that are said in a second, at least 1
    /// @param perSiteAndMinute renewals at one site that are said in a minute, at least 1
    public RenewalBudget(int perSecond, int perSiteAndMinute) {
        if (perSecond < 1 || perSiteAndMinute < 1) {
            throw new IllegalArgumentException("is " + perSecond + " a second and " + perSiteAndMinute
                    + " a minute at a site; at least 1 each, otherwise no certificate would ever be renewed");
        }
        this.perSecond = perSecond;
        this.pauseAtSite = MINUTE.dividedBy(perSiteAndMinute);
    }

    @Override
    public synchronized Instant reserve(Optional<String> site, Instant now) {
        sweep(now);
        var earliest = site.map(nextAtSite::get).filter(now::isBefore).orElse(now);
        long second = free(earliest.getEpochSecond());
        int places = taken.merge(second, 1, Integer::sum);
        if (places >= perSecond) {
            later.put(second, second + 1);
        }
        var place = second == earliest.getEpochSecond() ? earliest : Instant.ofEpochSecond(second);
        site.ifPresent(name -> nextAtSite.put(name, place.plus(pauseAtSite)));
        return place;
    }

    /// The first second with a place, from this one on; the way to it is shortened for the next one.
    private long free(long second) {
        var passed = new ArrayList<Long>();
        long found = second;
        for (var next = later.get(found); next != null; next = later.get(found)) {
            passed.add(found);
            found = next;
        }
        for (var each : passed) {
            later.put(each, found);
        }
        return found;
    }

    /// Forgets what is over; the sites once a minute.
    private void sweep(Instant now) {
        taken.headMap(now.getEpochSecond()).clear();
        later.headMap(now.getEpochSecond()).clear();
        if (now.isAfter(swept.plus(MINUTE))) {
            nextAtSite.values().removeIf(next -> !next.isAfter(now));
            swept = now;
        }
    }
}
