package dev.evenroll.validator.registry;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.identity.DeviceId;
import java.time.Instant;
import java.util.List;

/// What the registry keeps of a device in every state of its life.
///
/// @param deviceId serial number of the device
/// @param registration what the operator said of it
/// @param registeredAt when it was registered
/// @param changedAt when the entry last changed, the result of the last command included
/// @param revision number of applied changes, from 1
/// @param lastCommand how the last command ended
public record DeviceEntry(
        DeviceId deviceId,
        Registration registration,
        Instant registeredAt,
        Instant changedAt,
        long revision,
        CommandResult lastCommand) {

    /// Rule of a registration that contradicts the one that is there.
    public static final String REGISTERED_DIFFERENTLY = "registered-differently";

    static DeviceEntry first(RegisterCommand command, Instant now) {
        var result = new CommandResult(command.commandId(), command.actor(), List.of());
        return new DeviceEntry(command.deviceId(), command.registration(), now, now, 1, result);
    }

    /// The entry after a further registration: the same again is applied and changes nothing, another one is
    /// refused.
    DeviceEntry answered(RegisterCommand command, Instant now) {
        var refusals = registration.differencesFrom(command.registration()).stream()
                .map(difference -> new Failure(REGISTERED_DIFFERENTLY, difference.sentence()))
                .toList();
        var result = new CommandResult(command.commandId(), command.actor(), refusals);
        return new DeviceEntry(deviceId, registration, registeredAt, now, revision, result);
    }

    /// The entry after an applied change of the device's state.
    DeviceEntry changed(Instant now) {
        return new DeviceEntry(deviceId, registration, registeredAt, now, revision + 1, lastCommand);
    }
}
