package dev.evenroll.kafka.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressTest {

    private static final TopicPartition SOURCE = new TopicPartition("source", 3);
    private static final TopicPartition OUTPUT = new TopicPartition("output", 3);

    private final List<ConsumerRecord<String, byte[]>> written = new ArrayList<>();

    @Test
    void whatWasNeverWorkedOnHasNoPosition() {
        assertThat(progress().next(SOURCE)).isEmpty();
    }

    @Test
    void itGoesOnAfterTheLastRecordThatWasWorkedOn() {
        write("source/3/40");
        write("source/3/41");
        assertThat(progress().next(SOURCE)).hasValue(42);
    }

    @Test
    void whatStandsFarBehindOtherRecordsIsFound() {
        write("source/3/7");
        for (var i = 0; i < 3_000; i++) {
            write("another/3/" + (100 + i));
        }
        assertThat(progress().next(SOURCE)).hasValue(8);
    }

    @Test
    void anotherPartitionAndAnotherTopicTellNothing() {
        write("source/30/7");
        write("source/2/7");
        write("sources/3/7");
        assertThat(progress().next(SOURCE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "source/3/", "source/3/x", "source/3/1/2", "source/3/99999999999999999999"})
    void aHeaderThatIsNoneTellsNothing(String header) {
        write(header);
        assertThat(progress().next(SOURCE)).isEmpty();
    }

    @Test
    void whatIsMarkedIsFound() {
        var made = new ProducerRecord<>("output", 3, "key", new byte[0]);
        var source = new ConsumerRecord<>("source", 3, 12, "key", new byte[0]);
        progress().mark(made, source);
        write(new String(made.headers().lastHeader(SourceHeader.NAME).value(), StandardCharsets.US_ASCII));
        assertThat(progress().next(SOURCE)).hasValue(13);
    }

    @Test
    void whereNobodyLooksNothingIsMarked() {
        var made = new ProducerRecord<>("output", 3, "key", new byte[0]);
        Progress.UNTOLD.mark(made, new ConsumerRecord<>("source", 3, 12, "key", new byte[0]));
        assertThat(made.headers()).isEmpty();
        assertThat(Progress.UNTOLD.next(SOURCE)).isEmpty();
    }

    private void write(String header) {
        var headers = new RecordHeaders().add(SourceHeader.NAME, header.getBytes(StandardCharsets.US_ASCII));
        written.add(new ConsumerRecord<>(
                OUTPUT.topic(),
                OUTPUT.partition(),
                written.size(),
                0L,
                TimestampType.CREATE_TIME,
                0,
                0,
                "key",
                new byte[0],
                headers,
                Optional.empty()));
    }

    private Progress progress() {
        return new Progress(this::consumer, List.of(OUTPUT.topic()));
    }

    /// Answers a poll with the next hundred records from its position on.
    private MockConsumer<String, byte[]> consumer() {
        var consumer = new MockConsumer<String, byte[]>("earliest") {
            @Override
            public synchronized ConsumerRecords<String, byte[]> poll(Duration timeout) {
                var from = Math.toIntExact(position(OUTPUT));
                for (var record : written.subList(from, Math.min(from + 100, written.size()))) {
                    addRecord(record);
                }
                return super.poll(timeout);
            }
        };
        consumer.updateBeginningOffsets(Map.of(OUTPUT, 0L));
        consumer.updateEndOffsets(Map.of(OUTPUT, (long) written.size()));
        return consumer;
    }
}
