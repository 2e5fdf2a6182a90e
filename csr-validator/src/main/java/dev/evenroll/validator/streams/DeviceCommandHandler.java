package dev.evenroll.validator.streams;

import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.schemas.event.DeviceCommanded;
import dev.evenroll.schemas.event.RegisterDevice;
import dev.evenroll.validator.registry.RegisterCommand;
import java.util.List;

/// Applies commands to the registry, each once.
final class DeviceCommandHandler implements EventHandler<DeviceCommanded> {

    private final DeviceStore devices;
    private final EventFactory events;

    DeviceCommandHandler(DeviceStore devices, EventFactory events) {
        this.devices = devices;
        this.events = events;
    }

    @Override
    public List<Emission> handle(String key, DeviceCommanded event) throws UnusableException {
        var command = command(event);
        var before = devices.find(key);
        var after = before.register(command, events.now());
        return after.equals(before) ? List.of() : List.of(devices.put(after));
    }

    private static RegisterCommand command(DeviceCommanded event) throws UnusableException {
        if (!(event.getCommand() instanceof RegisterDevice register)) {
            throw new UnusableException("The command is of a kind that this version does not know.");
        }
        try {
            return new RegisterCommand(
                    event.getCommandId(),
                    event.getActor(),
                    new DeviceId(event.getDeviceId()),
                    DeviceRecords.toDomain(register.getDescription()));
        } catch (IllegalArgumentException e) {
            // The administration interface lets no such command through.
            throw new UnusableException("The command does not describe a device: " + e.getMessage());
        }
    }
}
