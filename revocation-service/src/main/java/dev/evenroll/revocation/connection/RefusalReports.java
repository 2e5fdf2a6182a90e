package dev.evenroll.revocation.connection;

import dev.evenroll.revocation.connection.ConnectionOutcome.Refused;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/// Reports refused connections at a bounded rate: a station that is refused comes back every few seconds, and what is
/// reported is kept for a year.
///
/// Of one subject each reason is reported once in [#INTERVAL], with how often it was left out before; of all subjects
/// together at most [#MOST] in [#INTERVAL]. Safe for use by many threads.
public final class RefusalReports {

    static final Duration INTERVAL = Duration.ofMinutes(1);
    static final int MOST = 600;
    /// Longer is no subject of ours.
    private static final int LONGEST_SUBJECT = 256;
    /// So many subjects are told apart at a time; who was not seen for longest is forgotten.
    private static final int REMEMBERED = 10_000;

    /// Takes a report.
    public interface Destination {

        /// Takes one.
        ///
        /// @param suppressed so many like it were left out since the last one
        void report(Refused refused, long suppressed);
    }

    private record Subject(String name, RefusalReason reason) {}

    private record Reported(Instant at, long suppressed) {}

    private final Destination destination;
    private final InstantSource clock;

    // Guarded by this.
    private final Map<Subject, Reported> reported = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Subject, Reported> eldest) {
            return size() > REMEMBERED;
        }
    };
    private Instant windowBegin = Instant.MIN;
    private int inWindow;

    public RefusalReports(Destination destination, InstantSource clock) {
        this.destination = destination;
        this.clock = clock;
    }

    /// Reports a refusal, unless that is too much.
    public void report(Refused refused) {
        var name = refused.subject();
        var shortened = name.length() <= LONGEST_SUBJECT
                ? refused
                : new Refused(refused.reason(), refused.message(), name.substring(0, LONGEST_SUBJECT) + "…");
        var suppressed = admit(new Subject(shortened.subject(), refused.reason()), clock.instant());
        if (suppressed >= 0) {
            destination.report(shortened, suppressed);
        }
    }

    /// How many like it were left out since the last one; -1 when this one is left out too.
    private synchronized long admit(Subject subject, Instant now) {
        var before = reported.getOrDefault(subject, new Reported(Instant.MIN, 0));
        if (within(before.at(), now) || !room(now)) {
            reported.put(subject, new Reported(before.at(), before.suppressed() + 1));
            return -1;
        }
        reported.put(subject, new Reported(now, 0));
        return before.suppressed();
    }

    private boolean room(Instant now) {
        if (!within(windowBegin, now)) {
            windowBegin = now;
            inWindow = 0;
        }
        inWindow++;
        return inWindow <= MOST;
    }

    /// Whether less than the interval has passed. A clock that was set back must not silence anything for hours.
    private static boolean within(Instant begin, Instant now) {
        return !now.isBefore(begin) && now.minus(INTERVAL).isBefore(begin);
    }
}
