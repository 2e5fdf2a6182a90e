package dev.evenroll.cli.policy;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// How far back something is read: `7d`, `36h`, `90m`, or a duration of ISO 8601.
public final class Since {

    private static final Pattern SHORT = Pattern.compile("([0-9]{1,5})([dhm])");

    /// Longer ago than anything that is kept.
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private Since() {}

    /// The duration; empty when the text is none, or is not longer than nothing and shorter than a
    /// hundred years.
    public static Optional<Duration> parse(String text) {
        return read(text).filter(back -> back.isPositive() && back.compareTo(LONGEST) <= 0);
    }

    private static Optional<Duration> read(String text) {
        var matcher = SHORT.matcher(text);
        if (matcher.matches()) {
            long number = Long.parseLong(matcher.group(1));
            return Optional.of(
                    switch (matcher.group(2)) {
                        case "d" -> Duration.ofDays(number);
                        case "h" -> Duration.ofHours(number);
                        default -> Duration.ofMinutes(number);
                    });
        }
        try {
            return Optional.of(Duration.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
