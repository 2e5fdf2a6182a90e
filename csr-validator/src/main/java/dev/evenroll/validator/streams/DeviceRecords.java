package dev.evenroll.validator.streams;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.schemas.event.DeviceDescription;
import dev.evenroll.schemas.event.DeviceState;
import dev.evenroll.schemas.event.RegisteredDevice;
import dev.evenroll.validator.registry.CommandResult;
import dev.evenroll.validator.registry.DeviceEntry;
import dev.evenroll.validator.registry.DeviceLife;
import dev.evenroll.validator.registry.Registration;

/// Devices between their Avro record and the domain.
public final class DeviceRecords {

    private DeviceRecords() {}

    public static DeviceLife.Known toDomain(RegisteredDevice device) {
        var entry = new DeviceEntry(
                new DeviceId(device.getDeviceId()),
                toDomain(device.getDescription()),
                device.getRegisteredAt(),
                device.getOccurredAt(),
                device.getRevision(),
                new CommandResult(
                        device.getLastCommand().getCommandId(),
                        device.getLastCommand().getActor(),
                        device.getLastCommand().getRefusals().stream()
                                .map(finding -> new Failure(finding.getRule(), finding.getMessage()))
                                .toList()));
        return switch (device.getState()) {
            case REGISTERED -> new DeviceLife.Registered(entry);
            case ENROLLED -> new DeviceLife.Enrolled(entry);
            case UNKNOWN, SUSPENDED, QUARANTINED, DECOMMISSIONED -> new DeviceLife.Unrecognized(entry);
        };
    }

    /// A description as a registration.
    ///
    /// @throws IllegalArgumentException when the description is not a registration, with every reason
    public static Registration toDomain(DeviceDescription description) {
        return new Registration(
                description.getManufacturer(),
                description.getModel(),
                description.getOcppIdentity(),
                description.getOwner(),
                description.getSite());
    }

    public static DeviceDescription toRecord(Registration registration) {
        return DeviceDescription.newBuilder()
                .setManufacturer(registration.manufacturer())
                .setModel(registration.model())
                .setOcppIdentity(registration.ocppIdentity())
                .setOwner(registration.owner())
                .setSite(registration.site())
                .build();
    }

    static RegisteredDevice toRecord(DeviceLife.Known device, String environment) {
        var entry = device.entry();
        return RegisteredDevice.newBuilder()
                .setEnvironment(environment)
                .setOccurredAt(entry.changedAt())
                .setDeviceId(entry.deviceId().value())
                .setDescription(toRecord(entry.registration()))
                .setState(state(device))
                .setRegisteredAt(entry.registeredAt())
                .setRevision(entry.revision())
                .setLastCommand(dev.evenroll.schemas.event.CommandResult.newBuilder()
                        .setCommandId(entry.lastCommand().commandId())
                        .setActor(entry.lastCommand().actor())
                        .setRefusals(EventFactory.findings(entry.lastCommand().refusals()))
                        .build())
                .build();
    }

    private static DeviceState state(DeviceLife.Known device) {
        return switch (device) {
            case DeviceLife.Registered _ -> DeviceState.REGISTERED;
            case DeviceLife.Enrolled _ -> DeviceState.ENROLLED;
            case DeviceLife.Unrecognized _ -> DeviceState.UNKNOWN;
        };
    }
}
