package dev.evenroll.validator.streams;

import dev.evenroll.schemas.event.DeviceCommanded;
import dev.evenroll.validator.registry.DeviceCommand;
import dev.evenroll.validator.registry.DeviceLife;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/// Applies commands to the registry, each once.
final class DeviceCommandHandler implements EventHandler<DeviceCommanded> {

    private final DeviceStore devices;
    private final EventFactory events;
    private final List<CommandConsequences> beside;
    private final BiConsumer<String, DeviceLife.Known> ended;

    /// @param beside what commands mean beside the registry
    /// @param ended told the id of each command that has ended, with its device
    DeviceCommandHandler(
            DeviceStore devices,
            EventFactory events,
            List<CommandConsequences> beside,
            BiConsumer<String, DeviceLife.Known> ended) {
        this.devices = devices;
        this.events = events;
        this.beside = List.copyOf(beside);
        this.ended = ended;
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
        if (!(after instanceof DeviceLife.Known device)) {
            return List.of();
        }
        if (after.equals(before)) {
            tell(command, device);
            return List.of();
        }
        var emissions = new ArrayList<Emission>();
        emissions.add(devices.put(device));
        if (device.entry().lastCommand().applied()) {
            beside.forEach(store -> emissions.addAll(store.follow(command, before, device)));
        }
        // What followed may have changed the device once more.
        tell(command, emissions.size() == 1 ? device : devices.find(key));
        return List.copyOf(emissions);
    }

    private void tell(DeviceCommand command, DeviceLife device) {
        if (device instanceof DeviceLife.Known known
                && known.entry().resultOf(command.commandId()).isPresent()) {
            ended.accept(command.commandId(), known);
        }
    }
}
