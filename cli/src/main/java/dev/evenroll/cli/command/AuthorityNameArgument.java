package dev.evenroll.cli.command;

import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads the name of a registration authority from the command line: the common name of its certificate.
final class AuthorityNameArgument implements ITypeConverter<String> {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    @Override
    public String convert(String value) {
        if (!NAME.matcher(value).matches()) {
            throw new TypeConversionException("'" + value + "' is no name of an authority; give 1 to 64 letters, digits"
                    + " and . _ -, the first a letter or a digit");
        }
        return value;
    }
}
