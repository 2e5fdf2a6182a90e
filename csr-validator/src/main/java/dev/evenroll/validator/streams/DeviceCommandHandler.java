package dev.evenroll.validator.streams;

import dev.evenroll.pki.Failure;
import dev.evenroll.schemas.event.DeviceCommanded;
import dev.evenroll.validator.registry.CommandResult;
import dev.evenroll.validator.registry.CommandRule;
import dev.evenroll.validator.registry.DeviceCommand;
import dev.evenroll.validator.registry.DeviceLife;
import dev.evenroll.validator.registry.EndedCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Applies commands to the registry, each once.
final class DeviceCommandHandler implements EventHandler<DeviceCommanded> {

    private final DeviceStore devices;
    private final CommandStore earlier;
    private final EventFactory events;
    private final List<CommandConsequences> beside;
    private final Consumer<EndedCommand> ended;

    /// @param earlier commands that have left the entries of their devices
    /// @param beside what commands mean beside the registry
    /// @param ended told of each command that has ended
    DeviceCommandHandler(
            DeviceStore devices,
            CommandStore earlier,
            EventFactory events,
            List<CommandConsequences> beside,
            Consumer<EndedCommand> ended) {
        this.devices = devices;
        this.earlier = earlier;
        this.events = events;
        this.beside = List.copyOf(beside);
        this.ended = ended;
    }

    @Override
    public List<Emission> handle(String key, DeviceCommanded event) throws UnusableException {
        var command = CommandRecords.toDomain(event);
        var before = devices.find(key);
        var underItsKey = earlier.underKeyOf(command.commandId(), before, events.now());
        for (var result : underItsKey) {
            if (result.commandId().equals(command.commandId()) && before instanceof DeviceLife.Known device) {
                ended.accept(new EndedCommand(device, result));
                return List.of();
            }
        }
        var objections = objections(command, underItsKey);
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
        earlier.remember(before, events.now());
        if (device.entry().lastCommand().applied()) {
            beside.forEach(store -> emissions.addAll(store.follow(command, before, device)));
        }
        // What followed may have changed the device once more.
        tell(command, emissions.size() == 1 ? device : devices.find(key));
        return List.copyOf(emissions);
    }

    /// @param underItsKey results of commands that have left the entry, none of them its own
    private List<Failure> objections(DeviceCommand command, List<CommandResult> underItsKey) {
        return underItsKey.isEmpty()
                ? beside.stream()
                        .flatMap(store -> store.objections(command).stream())
                        .toList()
                : List.of(CommandRule.idempotencyConflict());
    }

    private void tell(DeviceCommand command, DeviceLife device) {
        if (device instanceof DeviceLife.Known known) {
            known.entry()
                    .resultOf(command.commandId())
                    .ifPresent(result -> ended.accept(new EndedCommand(known, result)));
        }
    }
}
