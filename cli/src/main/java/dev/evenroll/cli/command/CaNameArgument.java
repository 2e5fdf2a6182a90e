package dev.evenroll.cli.command;

import dev.evenroll.pki.identity.AuthorityName;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads the name of a CA: `issuing-1`.
final class CaNameArgument implements ITypeConverter<AuthorityName> {

    @Override
    public AuthorityName convert(String value) {
        try {
            return new AuthorityName(value);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }
}
