package dev.evenroll.cli.command;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a point in time: `2027-01-31`, `2027-01-31T12:00:00Z`, or from now on: `30d`.
final class InstantArgument implements ITypeConverter<Instant> {

    private final InstantSource clock = InstantSource.system();

    @Override
    public Instant convert(String value) {
        try {
            return clock.instant().plus(DurationArgument.read(value));
        } catch (IllegalArgumentException noDuration) {
            return date(value);
        }
    }

    private static Instant date(String value) {
        try {
            return value.contains("T")
                    ? Instant.parse(value)
                    : LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeException e) {
            throw new TypeConversionException("'" + value
                    + "' is no point in time; write 2027-01-31, 2027-01-31T12:00:00Z, or 30d for thirty days from now");
        }
    }
}
