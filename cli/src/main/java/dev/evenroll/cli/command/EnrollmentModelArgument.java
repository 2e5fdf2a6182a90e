package dev.evenroll.cli.command;

import dev.evenroll.cli.administration.EnrollmentModel;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads an enrollment model from the command line: `just-in-time`.
final class EnrollmentModelArgument implements ITypeConverter<EnrollmentModel> {

    @Override
    public EnrollmentModel convert(String value) {
        return EnrollmentModel.named(value)
                .orElseThrow(() -> new TypeConversionException(
                        "'" + value + "' is no enrollment model; those are " + EnrollmentModel.ALL));
    }
}
