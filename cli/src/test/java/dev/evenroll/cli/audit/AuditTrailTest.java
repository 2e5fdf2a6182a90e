package dev.evenroll.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.schemas.codec.Codec;
import dev.evenroll.schemas.event.AuditRecorded;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

final class AuditTrailTest {

    private static final String TOPIC = "test.audit.recorded.v1";
    private static final TopicPartition P0 = new TopicPartition(TOPIC, 0);
    private static final TopicPartition P1 = new TopicPartition(TOPIC, 1);
    private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");

    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
    private final List<String> read = new ArrayList<>();
    private final List<String> undecodable = new ArrayList<>();

    private final AuditTrail.Reader reader = new AuditTrail.Reader() {
        @Override
        public void record(AuditRecord record) {
            read.add(record.entity() + " " + record.event());
        }

        @Override
        public void undecodable(String sentence) {
            undecodable.add(sentence);
        }
    };

    private static byte[] recorded(int second, String entity, String event) {
        return Codec.of(AuditRecorded.class)
                .encode(AuditRecorded.newBuilder()
                        .setEnvironment("test")
                        .setOccurredAt(START)
                        .setRecordedAt(START.plusSeconds(second))
                        .setEventId("t/0/" + second)
                        .setEvent(event)
                        .setEntity(entity)
                        .setActor("alice")
                        .setOutcome("success")
                        .setMessage("It happened.")
                        .setAttributes(Map.of())
                        .setEventSha256("00")
                        .build());
    }

    /// D1 and D2 are registered and enrolled in turn; one record is garbage.
    private void given() {
        var node = new Node(0, "localhost", 1);
        var nodes = new Node[] {node};
        consumer.updatePartitions(
                TOPIC,
                List.of(
                        new PartitionInfo(TOPIC, 0, node, nodes, nodes),
                        new PartitionInfo(TOPIC, 1, node, nodes, nodes)));
        consumer.updateBeginningOffsets(Map.of(P0, 0L, P1, 0L));
        consumer.updateEndOffsets(Map.of(P0, 3L, P1, 2L));
        consumer.schedulePollTask(() -> {
            add(P0, 0, recorded(1, "D1", "device.registered"));
            add(P1, 0, recorded(2, "D2", "device.registered"));
            add(P0, 1, new byte[] {1});
            add(P0, 2, recorded(3, "D1", "certificate.issued"));
            add(P1, 1, recorded(4, "D2", "enrollment.refused"));
        });
    }

    private void add(TopicPartition partition, long offset, byte[] value) {
        if (consumer.position(partition) <= offset) {
            consumer.addRecord(new ConsumerRecord<>(TOPIC, partition.partition(), offset, "key", value));
        }
    }

    private void read(AuditSelection selection) throws FaultException {
        given();
        try (var trail = new AuditTrail(consumer, TOPIC)) {
            trail.read(selection, reader);
        }
    }

    private static AuditSelection all() {
        return new AuditSelection(Optional.empty(), false, Optional.empty(), Optional.empty());
    }

    @Test
    void readsEveryRecordInTheOrderOfTime() throws FaultException {
        read(all());
        assertThat(read)
                .containsExactly(
                        "D1 device.registered",
                        "D2 device.registered",
                        "D1 certificate.issued",
                        "D2 enrollment.refused");
    }

    @Test
    void passesOverWhatItCanNotDecodeAndSaysSo() throws FaultException {
        read(all());
        assertThat(undecodable).hasSize(1);
        assertThat(undecodable.getFirst())
                .startsWith("Offset 1 of partition 0 of test.audit.recorded.v1 is passed over: ");
    }

    @Test
    void readsTheNewest() throws FaultException {
        read(new AuditSelection(Optional.of(1), false, Optional.empty(), Optional.empty()));
        assertThat(read).containsExactly("D2 enrollment.refused");
    }

    @Test
    void readsTheNewestOfOneEntityHoweverOld() throws FaultException {
        read(new AuditSelection(Optional.of(1), false, Optional.of("D1"), Optional.empty()));
        assertThat(read).containsExactly("D1 certificate.issued");
    }

    @Test
    void readsOneKindOfEvent() throws FaultException {
        read(new AuditSelection(Optional.of(5), false, Optional.empty(), Optional.of("device.registered")));
        assertThat(read).containsExactly("D1 device.registered", "D2 device.registered");
    }

    @Test
    void followsUntilInterrupted() throws FaultException {
        given();
        consumer.schedulePollTask(() -> {
            consumer.addRecord(new ConsumerRecord<>(TOPIC, 1, 2, "key", recorded(5, "D3", "device.registered")));
            Thread.currentThread().interrupt();
        });
        try (var trail = new AuditTrail(consumer, TOPIC)) {
            trail.read(new AuditSelection(Optional.of(1), true, Optional.empty(), Optional.empty()), reader);
        } finally {
            // The mark of the interruption must not reach the next test.
            Thread.interrupted();
        }
        assertThat(read).containsExactly("D2 enrollment.refused", "D3 device.registered");
    }

    @Test
    void saysWhenThePropertiesFileCanNotBeRead() {
        assertThatThrownBy(() -> AuditTrail.open(Path.of("/absent/auditor.properties"), "test"))
                .isInstanceOf(FaultException.class)
                .hasMessageStartingWith("The audit log can not be opened: The Kafka client properties file");
    }
}
