package dev.evenroll.cli.command;

import dev.evenroll.pki.identity.Environment;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads the name of an environment: `staging`.
final class EnvironmentArgument implements ITypeConverter<Environment> {

    @Override
    public Environment convert(String value) {
        try {
            return new Environment(value);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }
}
