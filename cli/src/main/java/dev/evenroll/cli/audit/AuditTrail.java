package dev.evenroll.cli.audit;

import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.kafka.client.KafkaSettings;
import dev.evenroll.schemas.codec.Codec;
import dev.evenroll.schemas.codec.UndecodableException;
import dev.evenroll.schemas.event.AuditRecorded;
import dev.evenroll.schemas.topic.Principal;
import dev.evenroll.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/// The audit log, read from its topic without a consumer group: reading leaves no trace on the broker.
///
/// Owned by one thread.
public final class AuditTrail implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final int ANSWER_LIMIT_MILLIS = 10_000;
    private static final Comparator<AuditRecord> BY_TIME =
            Comparator.comparing(AuditRecord::recordedAt).thenComparing(AuditRecord::eventId);

    private final Codec<AuditRecorded> codec = Codec.of(AuditRecorded.class);
    private final Consumer<String, byte[]> consumer;
    private final String topic;

    AuditTrail(Consumer<String, byte[]> consumer, String topic) {
        this.consumer = consumer;
        this.topic = topic;
    }

    /// The audit log of a running stack.
    ///
    /// @param clientProperties Kafka client properties of the principal `auditor`
    public static AuditTrail open(Path clientProperties, String environment) throws FaultException {
        try {
            // No group and no transaction, so the name of the instance is not used.
            var settings = KafkaSettings.load(clientProperties, Principal.AUDITOR, environment, "reader")
                    .reader();
            settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_LIMIT_MILLIS);
            settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_LIMIT_MILLIS / 2);
            return new AuditTrail(new KafkaConsumer<>(settings), Topics.AUDIT_RECORDED.name(environment));
        } catch (KafkaException | IllegalArgumentException e) {
            throw new FaultException("The audit log can not be opened: " + e.getMessage(), e);
        }
    }

    /// Who gets what was read.
    public interface Reader {
        void record(AuditRecord record);

        /// A record that is not an audit record, or one of a newer version.
        void undecodable(String sentence);
    }

    /// Hands over the records that are there, oldest first as far as partitions allow; then, when asked to follow,
    /// every new one until the thread is interrupted.
    public void read(AuditSelection selection, Reader reader) throws FaultException {
        try {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            var ends = consumer.endOffsets(partitions);
            seek(selection, ends);
            readTo(ends, selection, reader);
            while (selection.follow() && !Thread.currentThread().isInterrupted()) {
                records(consumer.poll(POLL), selection, reader).forEach(reader::record);
            }
        } catch (KafkaException e) {
            throw new FaultException("The audit log can not be read: " + e.getMessage(), e);
        }
    }

    private void seek(AuditSelection selection, Map<TopicPartition, Long> ends) {
        var newest = selection.newest();
        if (newest.isEmpty() || !selection.picksAll()) {
            consumer.seekToBeginning(ends.keySet());
            return;
        }
        var beginnings = consumer.beginningOffsets(ends.keySet());
        ends.forEach((partition, end) -> {
            // Each record may stand in a transaction of its own, whose end takes an offset too.
            long from = end - 2L * newest.get() - 1;
            consumer.seek(partition, Math.max(from, beginnings.getOrDefault(partition, 0L)));
        });
    }

    private void readTo(Map<TopicPartition, Long> ends, AuditSelection selection, Reader reader) {
        List<AuditRecord> kept = new ArrayList<>();
        while (!reached(ends)) {
            var batch = records(consumer.poll(POLL), selection, reader);
            if (selection.newest().isEmpty()) {
                batch.forEach(reader::record);
            } else {
                kept.addAll(batch);
                kept.sort(BY_TIME);
                kept = new ArrayList<>(kept.subList(
                        Math.max(0, kept.size() - selection.newest().get()), kept.size()));
            }
        }
        kept.forEach(reader::record);
    }

    private boolean reached(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private List<AuditRecord> records(ConsumerRecords<String, byte[]> polled, AuditSelection selection, Reader reader) {
        var records = new ArrayList<AuditRecord>();
        for (var polledRecord : polled) {
            decode(polledRecord, reader).filter(selection::picks).ifPresent(records::add);
        }
        records.sort(BY_TIME);
        return records;
    }

    private Optional<AuditRecord> decode(ConsumerRecord<String, byte[]> polled, Reader reader) {
        try {
            return Optional.of(AuditRecord.of(codec.decode(polled.value())));
        } catch (UndecodableException e) {
            reader.undecodable("Offset " + polled.offset() + " of partition " + polled.partition() + " of " + topic
                    + " is passed over: " + e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
