package dev.evenroll.policy.yaml;

import dev.evenroll.policy.yaml.Section.Parser;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The kinds of values that files of policies and of profiles hold.
public final class Values {

    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,39}");
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");
    private static final Pattern SERIAL_NUMBER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private Values() {}

    public static String label(String text) throws UnusableValueException {
        return shaped(LABEL, text, "is no label; write 1 to 40 letters, digits, '.', '_' and '-', like 2026-11-a");
    }

    public static String name(String text) throws UnusableValueException {
        return shaped(NAME, text, "is no name; write 1 to 64 lower-case letters, digits and '-', like acme-rollout");
    }

    /// The shape of a device id (OCPP 2.0.1 A00.FR.511).
    public static String serialNumber(String text) throws UnusableValueException {
        return shaped(
                SERIAL_NUMBER,
                text,
                "is no serial number; write 1 to 64 letters, digits, '.', '_' and '-', like CP-0001");
    }

    private static String shaped(Pattern shape, String text, String reason) throws UnusableValueException {
        if (!shape.matcher(text).matches()) {
            throw new UnusableValueException(Excerpt.of(text) + " " + reason);
        }
        return text;
    }

    /// Text for people and certificates.
    public static Parser<String> text(int longest) {
        return text -> {
            int characters = text.codePointCount(0, text.length());
            if (characters == 0 || characters > longest) {
                throw new UnusableValueException("has " + characters + " characters; write 1 to " + longest);
            }
            if (!text.codePoints().allMatch(Excerpt::isPrintable)
                    || !text.strip().equals(text)) {
                throw new UnusableValueException(
                        Excerpt.of(text) + " holds a control character, or begins or ends with a space; remove it");
            }
            return text;
        };
    }

    public static Parser<Integer> number(int least, int most) {
        return text -> {
            int number = DIGITS.matcher(text).matches() ? Integer.parseInt(text) : least - 1;
            if (number < least || number > most) {
                throw new UnusableValueException(Excerpt.of(text) + " is no whole number from " + least + " to " + most
                        + "; write one in digits");
            }
            return number;
        };
    }

    public static Instant instant(String text) throws UnusableValueException {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new UnusableValueException(
                    Excerpt.of(text) + " is no point in time; write it like 2026-11-01T00:00:00Z (ISO 8601)");
        }
    }

    public static Parser<Duration> duration(Duration least, Duration most) {
        return text -> {
            Duration duration = iso(text);
            if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
                throw new UnusableValueException(Excerpt.of(text) + " is not from " + inDays(least) + " to "
                        + inDays(most) + "; write a duration between");
            }
            return duration;
        };
    }

    private static Duration iso(String text) throws UnusableValueException {
        try {
            return Duration.parse(text);
        } catch (DateTimeException e) {
            throw new UnusableValueException(
                    Excerpt.of(text) + " is no duration; write it like P14D or PT36H (ISO 8601, days at most)");
        }
    }

    /// As people write it: `P365D` where Java would say `PT8760H`.
    private static String inDays(Duration duration) {
        boolean days = duration.isPositive() && duration.equals(Duration.ofDays(duration.toDays()));
        return days ? "P" + duration.toDays() + "D" : duration.toString();
    }

    public static <T> Parser<T> oneOf(Map<String, T> words) {
        var sorted = new TreeMap<>(words);
        return text -> {
            T meant = sorted.get(text);
            if (meant == null) {
                throw new UnusableValueException(
                        Excerpt.of(text) + " is unknown; write " + String.join(" or ", sorted.keySet()));
            }
            return meant;
        };
    }
}
