package dev.evenroll.validator.streams;

import dev.evenroll.schemas.event.DeviceCommanded;
import dev.evenroll.validator.registry.DeviceLife;
import java.util.ArrayList;
import java.util.List;

/// Applies commands to the registry, each once.
final class DeviceCommandHandler implements EventHandler<DeviceCommanded> {

    private final DeviceStore devices;
    private final EventFactory events;
    private final List<CommandConsequences> beside;

    /// @param beside what commands mean beside the registry
    DeviceCommandHandler(DeviceStore devices, EventFactory events, List<CommandConsequences> beside) {
        this.devices = devices;
        this.events = events;
        this.beside = List.copyOf(beside);
    }

    @Override
    public List<Emission> handle(String key, DeviceCommanded event) throws UnusableException {
        var command = CommandRecords.toDomain(event);
        var objections = beside.stream()
                .flatMap(store -> store.objections(command).stream())
                .toList();
        var before = devices.find(key);
        var after = objections.isEmpty()
                ? before.apply(command, events.now())
                : before.refused(command, objections, events.now());
        if (!(after instanceof DeviceLife.Known device) || after.equals(before)) {
            return List.of();
        }
        var emissions = new ArrayList<Emission>();
        emissions.add(devices.put(device));
        if (device.entry().lastCommand().applied()) {
            beside.forEach(store -> emissions.addAll(store.follow(command, before, device)));
        }
        return List.copyOf(emissions);
    }
}
