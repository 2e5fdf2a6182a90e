package dev.evenroll.validator.streams;

import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.schemas.event.RegisteredDevice;
import dev.evenroll.schemas.topic.Topics;
import dev.evenroll.validator.registry.DeviceDirectory;
import dev.evenroll.validator.registry.DeviceLife;
import dev.evenroll.validator.registry.RegistryUnavailableException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/// The registry by interactive queries: each device is asked of the partition that owns it.
///
/// A partition that this replica does not hold is unavailable, never empty: with several replicas, this is
/// the place to forward to its owner.
public final class DeviceQueries implements DeviceDirectory {

    private static final int PARTITIONS = Topics.DEVICE_COMMANDED.partitions();

    private final KafkaStreams streams;

    public DeviceQueries(KafkaStreams streams) {
        this.streams = streams;
    }

    @Override
    public Optional<DeviceLife.Known> find(DeviceId deviceId) throws RegistryUnavailableException {
        try {
            return Optional.ofNullable(partition(partitionOf(deviceId.value())).get(deviceId.value()))
                    .map(DeviceRecords::toDomain);
        } catch (InvalidStateStoreException e) {
            throw unavailable(e);
        }
    }

    @Override
    public List<DeviceLife.Known> list(@Nullable String after, int limit) throws RegistryUnavailableException {
        try {
            var candidates = new ArrayList<RegisteredDevice>();
            for (var partition = 0; partition < PARTITIONS; partition++) {
                addFirst(partition(partition), after, limit, candidates);
            }
            return candidates.stream()
                    .sorted(Comparator.comparing(RegisteredDevice::getDeviceId))
                    .limit(limit)
                    .<DeviceLife.Known>map(DeviceRecords::toDomain)
                    .toList();
        } catch (InvalidStateStoreException e) {
            throw unavailable(e);
        }
    }

    private static void addFirst(
            ReadOnlyKeyValueStore<String, RegisteredDevice> store,
            @Nullable String after,
            int limit,
            List<RegisteredDevice> candidates) {
        try (var entries = store.range(after, null)) {
            for (var taken = 0; taken < limit && entries.hasNext(); ) {
                var entry = entries.next();
                // A range includes its beginning.
                if (!entry.key.equals(after)) {
                    candidates.add(entry.value);
                    taken++;
                }
            }
        }
    }

    /// The partition of a key as Kafka's producers compute it. `KafkaStreams.queryMetadataForKey` would tell, and the
    /// replica that owns it too, once the replicas know each other's addresses (`application.server`).
    private static int partitionOf(String key) {
        return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % PARTITIONS;
    }

    private ReadOnlyKeyValueStore<String, RegisteredDevice> partition(int partition) {
        return streams.store(StoreQueryParameters.fromNameAndType(
                        StoreNames.DEVICE_BY_ID, QueryableStoreTypes.<String, RegisteredDevice>keyValueStore())
                .withPartition(partition));
    }

    private static RegistryUnavailableException unavailable(InvalidStateStoreException cause) {
        return new RegistryUnavailableException(
                "The registry is being started or moved and can not be read now; ask again in a second.", cause);
    }
}
