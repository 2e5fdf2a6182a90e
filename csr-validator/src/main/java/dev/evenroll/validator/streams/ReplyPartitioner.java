package dev.evenroll.validator.streams;

import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.StreamPartitioner;

/// Sends an outcome to the partition that the waiting gateway replica owns.
///
/// The handlers let no partition through that the table of topics does not have, and the broker has those of the
/// table: provisioning refuses a topic with another number.
final class ReplyPartitioner implements StreamPartitioner<String, Emission> {

    /// Deprecated, and the one that has to be there: the method that takes its place, with headers, calls it.
    @Override
    @SuppressWarnings("removal")
    public Optional<Set<Integer>> partitions(String topic, String key, Emission emission, int numberOfPartitions) {
        return Optional.of(Set.of(emission.partition()));
    }
}
