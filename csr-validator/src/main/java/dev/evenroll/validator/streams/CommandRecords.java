package dev.evenroll.validator.streams;

import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.schemas.event.CreateToken;
import dev.evenroll.schemas.event.DecideEnrollment;
import dev.evenroll.schemas.event.DecommissionDevice;
import dev.evenroll.schemas.event.DeviceCommanded;
import dev.evenroll.schemas.event.QuarantineDevice;
import dev.evenroll.schemas.event.RegisterDevice;
import dev.evenroll.schemas.event.ResumeDevice;
import dev.evenroll.schemas.event.SuspendDevice;
import dev.evenroll.schemas.event.TransferDevice;
import dev.evenroll.schemas.event.UpdateDevice;
import dev.evenroll.validator.registry.DeviceCommand;
import java.time.Instant;

/// Commands between their Avro record and the domain.
final class CommandRecords {

    private CommandRecords() {}

    /// @param now when the command was accepted
    static DeviceCommanded toRecord(DeviceCommand command, String environment, Instant now) {
        return DeviceCommanded.newBuilder()
                .setEnvironment(environment)
                .setOccurredAt(now)
                .setCommandId(command.commandId())
                .setActor(command.actor())
                .setDeviceId(command.deviceId().value())
                .setExpectedRevision(command.expectedRevision())
                .setCommand(content(command))
                .build();
    }

    private static Object content(DeviceCommand command) {
        return switch (command) {
            case DeviceCommand.Register it -> new RegisterDevice(DeviceRecords.toRecord(it.registration()));
            case DeviceCommand.Update it -> new UpdateDevice(DeviceRecords.toRecord(it.registration()));
            case DeviceCommand.Suspend it -> new SuspendDevice(it.reason());
            case DeviceCommand.Quarantine it -> new QuarantineDevice(it.reason());
            case DeviceCommand.Resume it -> new ResumeDevice(it.reason());
            case DeviceCommand.Decommission it -> new DecommissionDevice(it.reason());
            case DeviceCommand.Transfer it -> new TransferDevice(it.owner(), it.site());
            case DeviceCommand.CreateToken it -> new CreateToken(it.tokenSha256(), it.expiresAt());
            case DeviceCommand.DecideEnrollment it ->
                new DecideEnrollment(it.enrollmentId(), it.approved(), it.reason());
        };
    }

    /// @throws UnusableException when the record is not a command that this version can carry out
    static DeviceCommand toDomain(DeviceCommanded event) throws UnusableException {
        try {
            var order = new DeviceCommand.Order(
                    event.getCommandId(),
                    event.getActor(),
                    new DeviceId(event.getDeviceId()),
                    event.getExpectedRevision());
            return switch (event.getCommand()) {
                case RegisterDevice it ->
                    new DeviceCommand.Register(order, DeviceRecords.toDomain(it.getDescription()));
                case UpdateDevice it -> new DeviceCommand.Update(order, DeviceRecords.toDomain(it.getDescription()));
                case SuspendDevice it -> new DeviceCommand.Suspend(order, it.getReason());
                case QuarantineDevice it -> new DeviceCommand.Quarantine(order, it.getReason());
                case ResumeDevice it -> new DeviceCommand.Resume(order, it.getReason());
                case DecommissionDevice it -> new DeviceCommand.Decommission(order, it.getReason());
                case TransferDevice it -> new DeviceCommand.Transfer(order, it.getOwner(), it.getSite());
                case CreateToken it -> new DeviceCommand.CreateToken(order, it.getTokenSha256(), it.getExpiresAt());
                case DecideEnrollment it ->
                    new DeviceCommand.DecideEnrollment(order, it.getEnrollmentId(), it.getApproved(), it.getReason());
                case null, default ->
                    throw new UnusableException("The command is of a kind that this version does not know.");
            };
        } catch (IllegalArgumentException e) {
            // The administration interface lets no such command through.
            throw new UnusableException("The command can not be carried out: " + e.getMessage());
        }
    }
}
