package dev.evenroll.validator.streams;

import dev.evenroll.kafka.streams.Commits;
import dev.evenroll.schemas.state.RememberedCommand;
import dev.evenroll.validator.registry.CommandId;
import dev.evenroll.validator.registry.CommandResult;
import dev.evenroll.validator.registry.DeviceLife;
import dev.evenroll.validator.registry.EarlierCommand;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/// The commands that have left the entries of one partition's devices: store `command-by-device` in the words of the
/// domain. Owner: the task.
///
/// A device that was given four commands or fewer costs nothing here: it is neither written nor looked for.
final class CommandStore {

    private final KeyValueStore<String, RememberedCommand> store;
    private final Commits.Part part;

    CommandStore(ProcessorContext<?, ?> context, Commits commits) {
        this.store = context.getStateStore(StoreNames.COMMAND_BY_DEVICE);
        this.part = commits.begun(StoreNames.COMMAND_BY_DEVICE, context.taskId().partition());
    }

    /// How the commands ended that are remembered of the idempotency key of this one; none when the entry of the
    /// device knows this one.
    List<CommandResult> underKeyOf(String commandId, DeviceLife device, Instant now) {
        if (!(device instanceof DeviceLife.Known known) || !known.entry().mayHaveLost(commandId)) {
            return List.of();
        }
        var deviceId = known.entry().deviceId().value();
        return find(KeyWithinDevice.of(deviceId, CommandId.prefix(commandId))).stream()
                .filter(command -> command.isRemembered(now))
                .map(EarlierCommand::result)
                .toList();
    }

    /// A further command was noted in the entry of the device: what has left it for that is remembered.
    ///
    /// @param before the device before the command
    void remember(DeviceLife before, Instant now) {
        if (before instanceof DeviceLife.Known known) {
            var deviceId = known.entry().deviceId().value();
            known.entry().leaving().ifPresent(result -> put(deviceId, result, now));
        }
    }

    private void put(String deviceId, CommandResult leaving, Instant now) {
        var before = find(KeyWithinDevice.prefix(deviceId));
        var after = EarlierCommand.with(leaving, before, now);
        part.changing();
        for (var command : before) {
            if (!after.contains(command)) {
                store.delete(key(deviceId, command));
            }
        }
        var newest = after.getFirst();
        store.put(key(deviceId, newest), toRecord(newest));
    }

    private List<EarlierCommand> find(String prefix) {
        var found = new ArrayList<EarlierCommand>();
        try (var entries = store.prefixScan(prefix, new StringSerializer())) {
            entries.forEachRemaining(entry -> found.add(toDomain(entry.value)));
        }
        return found;
    }

    private static String key(String deviceId, EarlierCommand command) {
        return KeyWithinDevice.of(deviceId, command.result().commandId());
    }

    static EarlierCommand toDomain(RememberedCommand command) {
        return new EarlierCommand(DeviceRecords.toDomain(command.getResult()), command.getLeftAt(), command.getPlace());
    }

    private static RememberedCommand toRecord(EarlierCommand command) {
        return new RememberedCommand(DeviceRecords.toRecord(command.result()), command.leftAt(), command.place());
    }
}
