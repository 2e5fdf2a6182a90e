package dev.evenroll.revocation.streams;

import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/// The stores of this replica, by their names and partitions (interactive queries).
interface LocalStores {

    /// A store of one partition.
    ///
    /// @throws InvalidStateStoreException when this replica does not hold the partition, or restores it
    <K> ReadOnlyKeyValueStore<K, byte[]> store(String name, int partition);

    /// Those of a running topology.
    static LocalStores of(KafkaStreams streams) {
        return new LocalStores() {
            @Override
            public <K> ReadOnlyKeyValueStore<K, byte[]> store(String name, int partition) {
                return streams.store(
                        StoreQueryParameters.fromNameAndType(name, QueryableStoreTypes.<K, byte[]>keyValueStore())
                                .withPartition(partition));
            }
        };
    }
}
