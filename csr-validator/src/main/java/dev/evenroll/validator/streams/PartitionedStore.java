package dev.evenroll.validator.streams;

import dev.evenroll.kafka.streams.Commits;
import dev.evenroll.validator.registry.RegistryUnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.InvalidStateStorePartitionException;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/// A store, read by interactive queries: each key is asked of the partition that owns it, and what is answered
/// is committed. Safe for use by many threads.
///
/// A partition that this replica does not hold is unavailable, never empty;
/// [dev.evenroll.validator.administration.Forwarding] asks the replica that holds it.
///
/// @param commits knows what is not committed yet
/// @param name one of [StoreNames]
/// @param partitions number of partitions of the store
record PartitionedStore<V>(KafkaStreams streams, Commits commits, String name, int partitions) {

    /// A commit takes some 20 ms; one that takes so long waits for a broker.
    private static final Duration COMMIT_LIMIT = Duration.ofSeconds(3);

    /// @param partitionKey what the partition follows from
    /// @param key key within the store
    /// @throws RegistryUnavailableException when the partition can not be read here and now
    Optional<V> find(String partitionKey, String key) throws RegistryUnavailableException {
        var partition = partitionOf(partitionKey);
        return committed(() -> Optional.ofNullable(get(partition, partitionKey, key)), _ -> Set.of(partition));
    }

    /// The values of those keys that have one; all of them are seen in the time of one commit.
    ///
    /// @param partitionKeys what the partition of each key follows from, by the keys within the store
    /// @throws RegistryUnavailableException when one of the partitions can not be read here and now
    Map<String, V> findAll(Map<String, String> partitionKeys) throws RegistryUnavailableException {
        var partitions = partitionKeys.values().stream().map(this::partitionOf).collect(Collectors.toUnmodifiableSet());
        return committed(
                () -> {
                    var found = new HashMap<String, V>();
                    for (var entry : partitionKeys.entrySet()) {
                        var value = get(partitionOf(entry.getValue()), entry.getValue(), entry.getKey());
                        if (value != null) {
                            found.put(entry.getKey(), value);
                        }
                    }
                    return found;
                },
                _ -> partitions);
    }

    private @Nullable V get(int partition, String partitionKey, String key) throws RegistryUnavailableException {
        try {
            return partition(partition).get(key);
        } catch (InvalidStateStorePartitionException e) {
            throw new RegistryUnavailableException(
                    "The part of the registry that holds " + partitionKey + " is not at this replica now; ask again "
                            + "in a second. If this goes on, have evenroll.advertised-url set for every replica, so "
                            + "that they find each other.",
                    e);
        }
    }

    /// Looks at the store, and answers once what was seen is committed.
    ///
    /// @param partitionsOf the partitions that were looked at
    /// @throws RegistryUnavailableException when it is not committed in time
    <T> T committed(Commits.Look<T, RegistryUnavailableException> look, Function<T, Set<Integer>> partitionsOf)
            throws RegistryUnavailableException {
        try {
            return commits.read(name, look, partitionsOf, COMMIT_LIMIT);
        } catch (InvalidStateStoreException e) {
            throw unavailable(e);
        } catch (TimeoutException e) {
            throw new RegistryUnavailableException(
                    "What the registry holds of this is being changed, and Kafka has not confirmed the change within "
                            + COMMIT_LIMIT.toSeconds() + " s; ask again in a second, and see the log of csr-validator "
                            + "if this goes on.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryUnavailableException("The service stops; ask again in a moment.", e);
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
