package dev.evenroll.validator.streams;

import dev.evenroll.kafka.streams.Commits;
import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.schemas.event.RegisteredDevice;
import dev.evenroll.schemas.state.RememberedCommand;
import dev.evenroll.schemas.topic.Topics;
import dev.evenroll.validator.registry.CommandResult;
import dev.evenroll.validator.registry.DeviceDirectory;
import dev.evenroll.validator.registry.DeviceLife;
import dev.evenroll.validator.registry.DevicePage;
import dev.evenroll.validator.registry.DeviceQuery;
import dev.evenroll.validator.registry.EarlierCommand;
import dev.evenroll.validator.registry.RegistryUnavailableException;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.InvalidStateStorePartitionException;

/// The registry by interactive queries: each device is asked of the partition that owns it.
///
/// A partition that this replica does not hold is unavailable, never empty;
/// [dev.evenroll.validator.administration.Forwarding] asks the replica that holds it.
public final class DeviceQueries implements DeviceDirectory {

    static final int PARTITIONS = Topics.DEVICE_COMMANDED.partitions();

    private final PartitionedStore<RegisteredDevice> store;
    private final PartitionedStore<RememberedCommand> commands;
    private final InstantSource clock;

    public DeviceQueries(KafkaStreams streams, Commits commits, InstantSource clock) {
        this.store = new PartitionedStore<>(streams, commits, StoreNames.DEVICE_BY_ID, PARTITIONS);
        this.commands = new PartitionedStore<>(streams, commits, StoreNames.COMMAND_BY_DEVICE, PARTITIONS);
        this.clock = clock;
    }

    @Override
    public Optional<DeviceLife.Known> find(DeviceId deviceId) throws RegistryUnavailableException {
        return store.find(deviceId.value(), deviceId.value()).map(DeviceRecords::toDomain);
    }

    @Override
    public Map<DeviceId, DeviceLife.Known> findAll(Collection<DeviceId> deviceIds) throws RegistryUnavailableException {
        var found = new HashMap<DeviceId, DeviceLife.Known>();
        store.findAll(deviceIds.stream()
                        .map(DeviceId::value)
                        .distinct()
                        .collect(Collectors.toMap(Function.identity(), Function.identity())))
                .forEach((id, record) -> found.put(new DeviceId(id), DeviceRecords.toDomain(record)));
        return found;
    }

    @Override
    public Map<String, CommandResult> earlierResults(Map<String, DeviceId> asked) throws RegistryUnavailableException {
        var deviceByKey = new HashMap<String, String>();
        asked.forEach((commandId, deviceId) ->
                deviceByKey.put(KeyWithinDevice.of(deviceId.value(), commandId), deviceId.value()));
        return commands.findAll(deviceByKey).values().stream()
                .map(CommandStore::toDomain)
                .filter(command -> command.isRemembered(clock.instant()))
                .map(EarlierCommand::result)
                .collect(Collectors.toMap(CommandResult::commandId, Function.identity()));
    }

    @Override
    public DevicePage list(DeviceQuery query) throws RegistryUnavailableException {
        return store.committed(() -> page(query), DevicePage::partitions);
    }

    private DevicePage page(DeviceQuery query) {
        try (var scan = new DeviceScan(query)) {
            for (var partition = 0; partition < PARTITIONS; partition++) {
                addTo(scan, partition, query);
            }
            return scan.page();
        }
    }

    private void addTo(DeviceScan scan, int number, DeviceQuery query) {
        try {
            scan.add(number, store.partition(number).range(query.after(), null));
        } catch (InvalidStateStorePartitionException e) {
            // Another replica holds it: the page says which partitions it is about.
        }
    }
}
