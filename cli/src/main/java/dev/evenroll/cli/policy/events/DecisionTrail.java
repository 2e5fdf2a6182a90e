package dev.evenroll.cli.policy.events;

import dev.evenroll.cli.policy.RecordedDecision;
import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.kafka.client.KafkaSettings;
import dev.evenroll.schemas.codec.Codec;
import dev.evenroll.schemas.codec.UndecodableException;
import dev.evenroll.schemas.event.EnrollmentAuthorized;
import dev.evenroll.schemas.event.EnrollmentPending;
import dev.evenroll.schemas.event.EnrollmentRefused;
import dev.evenroll.schemas.topic.Principal;
import dev.evenroll.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/// The decisions about enrollments, read from their three topics without a consumer group: reading
/// leaves no trace on the broker.
///
/// Owned by one thread.
public final class DecisionTrail implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final int ANSWER_LIMIT_MILLIS = 10_000;

    /// How the events of one topic become recorded decisions.
    private interface Decoding {
        Optional<RecordedDecision> decision(byte[] value) throws UndecodableException;
    }

    private interface Reading<T> {
        Optional<RecordedDecision> decision(T event) throws UndecodableException;
    }

    private final Consumer<String, byte[]> consumer;
    private final Map<String, Decoding> decodings;

    DecisionTrail(Consumer<String, byte[]> consumer, String environment) {
        this.consumer = consumer;
        this.decodings = Map.of(
                Topics.ENROLLMENT_AUTHORIZED.name(environment),
                decoding(EnrollmentAuthorized.class, DecisionRecords::of),
                Topics.ENROLLMENT_REFUSED.name(environment),
                decoding(EnrollmentRefused.class, DecisionRecords::of),
                Topics.ENROLLMENT_PENDING.name(environment),
                decoding(EnrollmentPending.class, DecisionRecords::of));
    }

    private static <T extends SpecificRecordBase> Decoding decoding(Class<T> type, Reading<T> reading) {
        var codec = Codec.of(type);
        return value -> reading.decision(codec.decode(value));
    }

    /// The decisions of a running stack.
    ///
    /// @param clientProperties Kafka client properties of the principal `auditor`
    public static DecisionTrail open(Path clientProperties, String environment) throws FaultException {
        try {
            // No group and no transaction, so the name of the instance is not used.
            var settings = KafkaSettings.load(clientProperties, Principal.AUDITOR, environment, "reader")
                    .reader();
            settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_LIMIT_MILLIS);
            settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_LIMIT_MILLIS / 2);
            return new DecisionTrail(new KafkaConsumer<>(settings), environment);
        } catch (KafkaException | IllegalArgumentException e) {
            throw new FaultException("The decisions can not be opened: " + e.getMessage(), e);
        }
    }

    /// Who gets what was read.
    public interface Reader {
        /// A decision by policy.
        void decision(RecordedDecision decision) throws IOException;

        /// An event that can not be read.
        void undecodable(String sentence);

        /// So many events were read so far, decisions by policy or not.
        void progress(long events);
    }

    /// Hands over the decisions by policy since some time, up to those that are there now. Their order
    /// is that of each topic's partitions.
    ///
    /// @throws IOException when the reader could not take one
    public void read(Instant since, Reader reader) throws FaultException, IOException {
        try {
            var partitions = decodings.keySet().stream()
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            var ends = consumer.endOffsets(partitions);
            seek(partitions, since, ends);
            long events = 0;
            while (!reached(ends)) {
                for (var polled : consumer.poll(POLL)) {
                    events++;
                    hand(polled, since, reader);
                }
                reader.progress(events);
            }
        } catch (KafkaException e) {
            throw new FaultException("The decisions can not be read: " + e.getMessage(), e);
        }
    }

    private void seek(List<TopicPartition> partitions, Instant since, Map<TopicPartition, Long> ends) {
        var times = new HashMap<TopicPartition, Long>();
        partitions.forEach(partition -> times.put(partition, since.toEpochMilli()));
        var beginnings = consumer.offsetsForTimes(times);
        for (var partition : partitions) {
            var beginning = beginnings.get(partition);
            consumer.seek(partition, beginning == null ? ends.getOrDefault(partition, 0L) : beginning.offset());
        }
    }

    private boolean reached(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private void hand(ConsumerRecord<String, byte[]> polled, Instant since, Reader reader) throws IOException {
        Optional<RecordedDecision> decision;
        try {
            decision = Objects.requireNonNull(decodings.get(polled.topic())).decision(polled.value());
        } catch (UndecodableException e) {
            reader.undecodable("Offset " + polled.offset() + " of partition " + polled.partition() + " of "
                    + polled.topic() + " is passed over: " + e.getMessage());
            return;
        }
        if (decision.isPresent() && !decision.get().facts().at().isBefore(since)) {
            reader.decision(decision.get());
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
