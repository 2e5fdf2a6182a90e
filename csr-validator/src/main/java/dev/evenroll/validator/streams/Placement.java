package dev.evenroll.validator.streams;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;

/// Where the records of a key have to stand.
///
/// Who may write a topic may choose the partition. A request for a device in another device's partition would be
/// judged by a task whose stores do not know it: its state, its revocations and its claims would not count.
///
/// @param partitions of every topic that is keyed by device, certificate or key
record Placement(int partitions) {

    /// Whether a record of the key belongs in the partition: the one that Kafka's default partitioner gives it.
    boolean allows(String key, int partition) {
        return BuiltInPartitioner.partitionForKey(key.getBytes(StandardCharsets.UTF_8), partitions) == partition;
    }
}
