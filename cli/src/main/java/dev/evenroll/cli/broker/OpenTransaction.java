package dev.evenroll.cli.broker;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.common.TopicPartition;

/// A transaction that is open in one partition, as the leader of that partition sees it.
///
/// @param startOffset of its first record in that partition
/// @param coordinatorEpoch of the coordinator that ended the producer's transaction before; 0 when there was none,
///     which is not newer than any coordinator
/// @param lastWrite when its last record was made
record OpenTransaction(
        TopicPartition partition,
        long producerId,
        short producerEpoch,
        long startOffset,
        int coordinatorEpoch,
        Instant lastWrite) {

    /// Empty when the producer has no transaction open in the partition.
    static Optional<OpenTransaction> of(TopicPartition partition, ProducerState producer) {
        var start = producer.currentTransactionStartOffset();
        return start.isPresent()
                ? Optional.of(new OpenTransaction(
                        partition,
                        producer.producerId(),
                        (short) producer.producerEpoch(),
                        start.getAsLong(),
                        Math.max(0, producer.coordinatorEpoch().orElse(0)),
                        Instant.ofEpochMilli(producer.lastTimestamp())))
                : Optional.empty();
    }

    /// Whether a coordinator will end it.
    ///
    /// @param held partitions of the transactions that coordinators still have to end, by producer id
    boolean isHeld(Map<Long, Set<TopicPartition>> held) {
        return held.getOrDefault(producerId, Set.of()).contains(partition);
    }

    AbortTransactionSpec abortion() {
        return new AbortTransactionSpec(partition, producerId, producerEpoch, coordinatorEpoch);
    }

    /// For people: `__consumer_offsets-3 (producer 42, from offset 17 on)`.
    String inWords() {
        return partition + " (producer " + producerId + ", from offset " + startOffset + " on)";
    }
}
