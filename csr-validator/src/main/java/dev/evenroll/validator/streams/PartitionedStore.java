package dev.evenroll.validator.streams;

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

/// A store, read by interactive queries: each key is asked of the partition that owns it. Safe for use by
/// many threads.
///
/// A partition that this replica does not hold is unavailable, never empty;
/// [dev.evenroll.validator.administration.Forwarding] asks the replica that holds it.
///
/// @param name one of [StoreNames]
/// @param partitions number of partitions of the store
record PartitionedStore<V>(KafkaStreams streams, String name, int partitions) {

    /// @param partitionKey what the partition follows from
    /// @param key key within the store
    /// @throws RegistryUnavailableException when the partition can not be read here and now
    Optional<V> find(String partitionKey, String key) throws RegistryUnavailableException {
        try {
            return Optional.ofNullable(partition(partitionOf(partitionKey)).get(key));
        } catch (InvalidStateStorePartitionException e) {
            throw new RegistryUnavailableException(
                    "The part of the registry that holds " + partitionKey + " is not at this replica now; ask again "
                            + "in a second. If this goes on, have evenroll.advertised-url set for every replica, so "
                            + "that they find each other.",
                    e);
        } catch (InvalidStateStoreException e) {
            throw unavailable(e);
        }
    }

    /// @throws InvalidStateStorePartitionException when another replica holds it
    ReadOnlyKeyValueStore<String, V> partition(int partition) {
        return streams.store(StoreQueryParameters.fromNameAndType(name, QueryableStoreTypes.<String, V>keyValueStore())
                .withPartition(partition));
    }

    /// The partition of a key as Kafka's producers compute it.
    private int partitionOf(String key) {
        return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % partitions;
    }

    static RegistryUnavailableException unavailable(InvalidStateStoreException cause) {
        return new RegistryUnavailableException(
                "The registry is being started or moved and can not be read now; ask again in a second.", cause);
    }
}
