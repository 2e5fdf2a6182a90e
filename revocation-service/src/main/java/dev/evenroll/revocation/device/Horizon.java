package dev.evenroll.revocation.device;

import dev.evenroll.revocation.device.DeviceCertificate.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/// How far away the end of the certificates is that devices use, by site: in memory, kept up to date with each change.
///
/// Of each device its newest certificate counts. Safe for use by many threads: each [Part] has one that writes.
public final class Horizon {

    /// The site of devices that the registry has not named yet.
    public static final String NOWHERE = "";

    private static final long DAY_SECONDS = Duration.ofDays(1).toSeconds();

    private final Set<Part> parts = ConcurrentHashMap.newKeySet();

    /// How many days are left.
    public enum Left {
        /// Less than 8 days.
        WEEK("0-7", 7),
        MONTH("8-30", 30),
        QUARTER("31-90", 90),
        MORE("91-", Long.MAX_VALUE);

        private final String text;
        private final long mostDays;

        Left(String text, long mostDays) {
            this.text = text;
            this.mostDays = mostDays;
        }

        /// The days, first and last, for metrics.
        public String text() {
            return text;
        }

        private static Left of(long days) {
            for (var left : values()) {
                if (days <= left.mostDays) {
                    return left;
                }
            }
            return MORE;
        }
    }

    /// What there is at a site.
    ///
    /// @param certificates by the days that are left
    /// @param renewalsOverdue devices whose renewal is overdue
    /// @param installationsOverdue devices that have not been seen with their newest certificate in time
    public record Site(Map<Left, Long> certificates, long renewalsOverdue, long installationsOverdue) {

        public Site {
            certificates = Map.copyOf(certificates);
        }
    }

    /// A part of the devices, which has one writer.
    public final class Part implements AutoCloseable {

        private final Map<String, Counts> bySite = new HashMap<>();

        private Part() {}

        /// A device has become known, or has changed.
        public void move(DeviceInventory before, DeviceInventory after) {
            synchronized (bySite) {
                count(before, -1);
                count(after, 1);
            }
        }

        private void count(DeviceInventory device, int by) {
            device.newest()
                    .ifPresent(
                            certificate -> bySite.computeIfAbsent(device.site().orElse(NOWHERE), any -> new Counts())
                                    .add(certificate, by));
        }

        private void each(BiConsumer<String, Counts> taker) {
            synchronized (bySite) {
                bySite.forEach(taker);
            }
        }

        /// Its devices belong to somebody else from now on.
        @Override
        public void close() {
            parts.remove(this);
        }
    }

    private static final class Counts {

        private final TreeMap<Long, Long> byLastDay = new TreeMap<>();
        private long renewalsOverdue;
        private long installationsOverdue;

        void add(DeviceCertificate certificate, int by) {
            long day = certificate.notAfter().getEpochSecond() / DAY_SECONDS;
            byLastDay.merge(day, (long) by, Long::sum);
            byLastDay.remove(day, 0L);
            if (certificate.renewalSteps() >= RenewalStep.OVERDUE.number()) {
                renewalsOverdue += by;
            }
            if (certificate.installationOverdue() && certificate.standing() == Standing.ISSUED) {
                installationsOverdue += by;
            }
        }
    }

    /// A part without devices.
    public Part open() {
        var part = new Part();
        parts.add(part);
        return part;
    }

    /// All sites now.
    public Map<String, Site> look(Instant now) {
        long today = now.getEpochSecond() / DAY_SECONDS;
        var sites = new HashMap<String, Site>();
        for (var part : parts) {
            part.each((site, counts) -> sites.merge(site, site(counts, today), Horizon::sum));
        }
        return sites;
    }

    private static Site site(Counts counts, long today) {
        var certificates = new EnumMap<Left, Long>(Left.class);
        counts.byLastDay.forEach((day, number) -> certificates.merge(Left.of(day - today), number, Long::sum));
        return new Site(certificates, counts.renewalsOverdue, counts.installationsOverdue);
    }

    private static Site sum(Site one, Site other) {
        var certificates = new EnumMap<Left, Long>(Left.class);
        certificates.putAll(one.certificates());
        other.certificates().forEach((left, number) -> certificates.merge(left, number, Long::sum));
        return new Site(
                certificates,
                one.renewalsOverdue() + other.renewalsOverdue(),
                one.installationsOverdue() + other.installationsOverdue());
    }
}
