package dev.evenroll.e2e.bench;

import java.time.Duration;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads the time that a signature takes: `20ms`, or `1s`.
final class LatencyArgument implements ITypeConverter<Duration> {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,5})(ms|s)");

    @Override
    public Duration convert(String value) {
        var matcher = FORM.matcher(value);
        if (!matcher.matches()) {
            throw new TypeConversionException("'" + value + "' is no time of a signature; write 20ms or 1s");
        }
        var number = Long.parseLong(matcher.group(1));
        return matcher.group(2).equals("s") ? Duration.ofSeconds(number) : Duration.ofMillis(number);
    }
}
