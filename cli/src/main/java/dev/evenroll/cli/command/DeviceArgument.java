package dev.evenroll.cli.command;

import dev.evenroll.pki.identity.DeviceId;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a serial number from the command line.
final class DeviceArgument implements ITypeConverter<DeviceId> {

    @Override
    public DeviceId convert(String value) {
        var problem = DeviceId.problemWith(value);
        if (problem.isPresent()) {
            throw new TypeConversionException(problem.get().message());
        }
        return new DeviceId(value);
    }
}
