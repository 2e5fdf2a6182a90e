package dev.evenroll.validator.streams;

import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.schemas.event.RegisteredDevice;
import dev.evenroll.schemas.topic.Topics;
import dev.evenroll.validator.registry.DeviceDirectory;
import dev.evenroll.validator.registry.DeviceLife;
import dev.evenroll.validator.registry.DevicePage;
import dev.evenroll.validator.registry.DeviceQuery;
import dev.evenroll.validator.registry.RegistryUnavailableException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.InvalidStateStorePartitionException;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/// The registry by interactive queries: each device is asked of the partition that owns it.
///
/// A partition that this replica does not hold is unavailable, never empty;
/// [dev.evenroll.validator.administration.Forwarding] asks the replica that holds it.
public final class DeviceQueries implements DeviceDirectory {

    static final int PARTITIONS = Topics.DEVICE_COMMANDED.partitions();

    private final KafkaStreams streams;

    public DeviceQueries(KafkaStreams streams) {
        this.streams = streams;
    }

    @Override
    public Optional<DeviceLife.Known> find(DeviceId deviceId) throws RegistryUnavailableException {
        try {
            return Optional.ofNullable(partition(partitionOf(deviceId.value())).get(deviceId.value()))
                    .map(DeviceRecords::toDomain);
        } catch (InvalidStateStorePartitionException e) {
            throw new RegistryUnavailableException(
                    "The part of the registry that holds " + deviceId + " is not at this replica now; ask again in a "
                            + "second. If this goes on, have evenroll.advertised-url set for every replica, so that "
                            + "they find each other.",
                    e);
        } catch (InvalidStateStoreException e) {
            throw unavailable(e);
        }
    }

    @Override
    public DevicePage list(DeviceQuery query) throws RegistryUnavailableException {
        try (var scan = new DeviceScan(query)) {
            for (var partition = 0; partition < PARTITIONS; partition++) {
                addTo(scan, partition, query);
            }
            return scan.page();
        } catch (InvalidStateStoreException e) {
            throw unavailable(e);
        }
    }

    private void addTo(DeviceScan scan, int number, DeviceQuery query) {
        try {
            scan.add(number, partition(number).range(query.after(), null));
        } catch (InvalidStateStorePartitionException e) {
            // Another replica holds it: the page says which partitions it is about.
        }
    }

    /// The partition of a key as Kafka's producers compute it.
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
