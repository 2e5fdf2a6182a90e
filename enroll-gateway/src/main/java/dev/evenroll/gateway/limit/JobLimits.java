package dev.evenroll.gateway.limit;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What the bulk jobs of one registration authority may take of this gateway, so that the others find room: uploads at
/// a time, and lines a second. An authority is named by the key of its CA and by its CN, so a further certificate
/// gives it nothing more.
///
/// Safe for use by many threads.
public final class JobLimits {

    private static final Duration SECOND = Duration.ofSeconds(1);

    /// The limits.
    ///
    /// @param uploads that are taken in at a time: it bounds what they hold in memory and in the producer's queue
    /// @param uploadsPerAuthority those of one authority
    /// @param linesPerSecond of one authority, all its uploads together; 0 for no limit
    public record Settings(int uploads, int uploadsPerAuthority, int linesPerSecond) {}

    private final Settings settings;
    private final Allowance lines;
    private final Map<String, Integer> uploads = new HashMap<>();
    private int taken;

    public JobLimits(Settings settings, InstantSource clock) {
        this.settings = settings;
        this.lines = new Allowance(settings.linesPerSecond(), SECOND, clock);
    }

    /// Begins an upload, which has to be told to [#end].
    ///
    /// @return why there is no room for it now, in a sentence; empty when it has begun
    public synchronized Optional<String> begin(String authority) {
        if (uploads.getOrDefault(authority, 0) >= settings.uploadsPerAuthority()) {
            return Optional.of("This gateway takes in " + settings.uploadsPerAuthority()
                    + " uploads of this registration authority already; post it again when one of them has ended.");
        }
        if (taken >= settings.uploads()) {
            return Optional.of("This gateway takes in " + settings.uploads() + " uploads already; post it again.");
        }
        taken++;
        uploads.merge(authority, 1, Integer::sum);
        return Optional.empty();
    }

    /// An upload has ended.
    public synchronized void end(String authority) {
        taken--;
        uploads.computeIfPresent(authority, (_, count) -> count == 1 ? null : count - 1);
    }

    /// Takes a line.
    ///
    /// @return zero when it may go on, otherwise how long until the next one may
    public Duration line(String authority) {
        return lines.take(authority);
    }
}
