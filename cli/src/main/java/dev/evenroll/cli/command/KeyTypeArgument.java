package dev.evenroll.cli.command;

import dev.evenroll.hsm.key.KeyType;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads the type of a CA's key: `P-256`.
final class KeyTypeArgument implements ITypeConverter<KeyType> {

    @Override
    public KeyType convert(String value) {
        try {
            return KeyType.read(value);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }
}
