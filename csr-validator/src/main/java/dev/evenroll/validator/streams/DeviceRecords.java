package dev.evenroll.validator.streams;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.schemas.event.DeviceDescription;
import dev.evenroll.schemas.event.DeviceState;
import dev.evenroll.schemas.event.RegisteredDevice;
import dev.evenroll.validator.registry.CommandResult;
import dev.evenroll.validator.registry.DeviceEntry;
import dev.evenroll.validator.registry.DeviceLife;
import dev.evenroll.validator.registry.DeviceLife.Former;
import dev.evenroll.validator.registry.EnrollmentModel;
import dev.evenroll.validator.registry.Registration;
import dev.evenroll.validator.registry.RegistryChange;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Devices between their Avro record and the domain.
public final class DeviceRecords {

    private DeviceRecords() {}

    /// The device of a record.
    public static DeviceLife.Known toDomain(RegisteredDevice device) {
        var entry = new DeviceEntry(
                new DeviceId(device.getDeviceId()),
                toDomain(device.getDescription()),
                device.getRegisteredAt(),
                Objects.requireNonNullElse(device.getChangedAt(), device.getOccurredAt()),
                device.getOccurredAt(),
                device.getRevision(),
                device.getLife(),
                toDomain(device.getLastCommand()),
                device.getEarlierCommands().stream()
                        .map(DeviceRecords::toDomain)
                        .toList(),
                toDomain(device.getChange()),
                device.getCertificateNotAfter(),
                device.getInstalledNotBefore());
        var reason = Objects.requireNonNullElse(device.getStateReason(), "");
        return switch (device.getState()) {
            case REGISTERED -> new DeviceLife.Registered(entry);
            case ENROLLED -> new DeviceLife.Enrolled(entry);
            case SUSPENDED -> new DeviceLife.Suspended(entry, reason, former(device.getFormerState()));
            case QUARANTINED ->
                new DeviceLife.Quarantined(
                        entry,
                        reason,
                        device.getFormerState() == DeviceState.ENROLLED ? Former.ENROLLED : Former.REGISTERED);
            case DECOMMISSIONED -> new DeviceLife.Decommissioned(entry, reason);
            case UNKNOWN -> new DeviceLife.Unrecognized(entry);
        };
    }

    /// A description as a registration.
    ///
    /// @throws IllegalArgumentException when the description is not a registration, with every reason
    static Registration toDomain(DeviceDescription description) {
        return new Registration(
                description.getManufacturer(),
                description.getModel(),
                description.getOcppIdentity(),
                description.getOwner(),
                description.getSite(),
                models(description.getEnrollmentModels()),
                description.getIdevidSha256(),
                description.getKeySha256(),
                description.getProfile());
    }

    static DeviceDescription toRecord(Registration registration) {
        return DeviceDescription.newBuilder()
                .setManufacturer(registration.manufacturer())
                .setModel(registration.model())
                .setOcppIdentity(registration.ocppIdentity())
                .setOwner(registration.owner())
                .setSite(registration.site())
                .setEnrollmentModels(registration.enrollmentModels().stream()
                        .map(model -> dev.evenroll.schemas.event.EnrollmentModel.valueOf(model.name()))
                        .toList())
                .setIdevidSha256(registration.idevidSha256())
                .setKeySha256(registration.keySha256())
                .setProfile(registration.profile())
                .build();
    }

    static RegisteredDevice toRecord(DeviceLife.Known device, String environment) {
        var entry = device.entry();
        var record = RegisteredDevice.newBuilder()
                .setEnvironment(environment)
                .setOccurredAt(entry.toldAt())
                .setChangedAt(entry.changedAt().equals(entry.toldAt()) ? null : entry.changedAt())
                .setDeviceId(entry.deviceId().value())
                .setDescription(toRecord(entry.registration()))
                .setState(state(device))
                .setRegisteredAt(entry.registeredAt())
                .setRevision(entry.revision())
                .setLife(entry.life())
                .setLastCommand(toRecord(entry.lastCommand()))
                .setEarlierCommands(entry.earlierCommands().stream()
                        .map(DeviceRecords::toRecord)
                        .toList())
                .setChange(toRecord(entry.change()))
                .setCertificateNotAfter(entry.certificateNotAfter())
                .setInstalledNotBefore(entry.installedNotBefore());
        switch (device) {
            case DeviceLife.Suspended suspended ->
                record.setStateReason(suspended.reason())
                        .setFormerState(DeviceState.valueOf(suspended.former().name()));
            case DeviceLife.Quarantined quarantined ->
                record.setStateReason(quarantined.reason())
                        .setFormerState(DeviceState.valueOf(quarantined.former().name()));
            case DeviceLife.Decommissioned decommissioned -> record.setStateReason(decommissioned.reason());
            case DeviceLife.Registered _, DeviceLife.Enrolled _, DeviceLife.Unrecognized _ -> {}
        }
        return record.build();
    }

    private static DeviceState state(DeviceLife.Known device) {
        return switch (device) {
            case DeviceLife.Registered _ -> DeviceState.REGISTERED;
            case DeviceLife.Enrolled _ -> DeviceState.ENROLLED;
            case DeviceLife.Suspended _ -> DeviceState.SUSPENDED;
            case DeviceLife.Quarantined _ -> DeviceState.QUARANTINED;
            case DeviceLife.Decommissioned _ -> DeviceState.DECOMMISSIONED;
            case DeviceLife.Unrecognized _ ->
                throw new IllegalStateException(
                        "A device in a state of a newer version must not be written: its state would be lost.");
        };
    }

    /// A state that is not known is the least trusted one.
    private static Former former(@Nullable DeviceState state) {
        return switch (state) {
            case REGISTERED -> Former.REGISTERED;
            case ENROLLED -> Former.ENROLLED;
            case UNKNOWN, SUSPENDED, QUARANTINED, DECOMMISSIONED -> Former.QUARANTINED;
            case null -> Former.QUARANTINED;
        };
    }

    /// A model that a newer version wrote and this one does not know allows nothing.
    private static Set<EnrollmentModel> models(List<dev.evenroll.schemas.event.EnrollmentModel> models) {
        var known = EnumSet.noneOf(EnrollmentModel.class);
        for (var model : models) {
            if (model != dev.evenroll.schemas.event.EnrollmentModel.UNKNOWN) {
                known.add(EnrollmentModel.valueOf(model.name()));
            }
        }
        return known;
    }

    static CommandResult toDomain(dev.evenroll.schemas.event.CommandResult result) {
        return new CommandResult(
                result.getCommandId(),
                result.getActor(),
                result.getRefusals().stream()
                        .map(finding -> new Failure(finding.getRule(), finding.getMessage()))
                        .toList(),
                toDomain(result.getChange()));
    }

    static dev.evenroll.schemas.event.CommandResult toRecord(CommandResult result) {
        return dev.evenroll.schemas.event.CommandResult.newBuilder()
                .setCommandId(result.commandId())
                .setActor(result.actor())
                .setRefusals(EventFactory.findings(result.refusals()))
                .setChange(toRecord(result.change()))
                .build();
    }

    // The two enums have the same names: a test holds them together.
    private static RegistryChange toDomain(dev.evenroll.schemas.event.RegistryChange change) {
        return RegistryChange.valueOf(change.name());
    }

    private static dev.evenroll.schemas.event.RegistryChange toRecord(RegistryChange change) {
        return dev.evenroll.schemas.event.RegistryChange.valueOf(change.name());
    }
}
