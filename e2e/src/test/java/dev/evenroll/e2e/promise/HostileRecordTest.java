package dev.evenroll.e2e.promise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenroll.e2e.stack.RunningStack;
import dev.evenroll.e2e.stack.WithStack;
import dev.evenroll.kafka.client.KafkaSettings;
import dev.evenroll.schemas.topic.Principal;
import dev.evenroll.schemas.topic.Topic;
import dev.evenroll.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Records that are small as long as nobody unpacks them, written with the gateway's own credentials.
@ExtendWith(WithStack.class)
class HostileRecordTest {

    private static final int HUNDREDS_OF_MEGABYTES = 200_000_000;
    private static final int BATCH_BYTES = 300_000_000;
    private static final int AS_LARGE_AS_MAY_BE = 1_000_000;
    private static final int RECORDS = 60;

    /// Snappy makes so little of it that it is too large as it comes.
    @ParameterizedTest
    @ValueSource(strings = {"zstd", "gzip", "lz4", "snappy"})
    void theBrokerTakesNoRecordThatIsLargerThanItsTopicAllowsWhenItIsUnpacked(String compression, RunningStack stack)
            throws Exception {
        var broker = brokerProcess(stack);
        for (var topic : Topics.all()) {
            if (topic.writers().contains(Principal.ENROLL_GATEWAY)) {
                var before = stack.topics().count(topic);
                try (var producer = thief(stack, compression)) {
                    var sent = producer.send(record(stack, topic, HUNDREDS_OF_MEGABYTES));
                    assertThatThrownBy(sent::get)
                            .as(topic.aggregateEvent())
                            .isInstanceOf(ExecutionException.class)
                            .cause()
                            .isInstanceOfAny(InvalidRecordException.class, RecordTooLargeException.class);
                }
                assertThat(stack.topics().count(topic)).isEqualTo(before);
            }
        }
        assertThat(brokerProcess(stack)).isEqualTo(broker);
        stack.fleet().registered(RunningStack.newDeviceId()).enrolls().receivesCertificate();
    }

    /// Each record is as large as it may be, all of them are one small batch: readers unpack them one after the other.
    @Test
    void manyRecordsInOneSmallBatchArePutAside(RunningStack stack) throws Exception {
        var before = stack.topics().count(Topics.deadLetter(Principal.CSR_VALIDATOR));
        try (var producer = thief(stack, "zstd")) {
            var sent = new ArrayList<Future<?>>();
            for (int i = 0; i < RECORDS; i++) {
                sent.add(producer.send(record(stack, Topics.ENROLLMENT_REQUESTED, AS_LARGE_AS_MAY_BE)));
            }
            for (var written : sent) {
                written.get();
            }
        }
        stack.fleet().registered(RunningStack.newDeviceId()).enrolls().receivesCertificate();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> stack.topics().count(Topics.deadLetter(Principal.CSR_VALIDATOR)) == before + RECORDS);
    }

    /// Which process the broker is, where it is one of ours: it has not been started again in between.
    private static String brokerProcess(RunningStack stack) throws IOException {
        var record = stack.data().resolve("processes/broker");
        return Files.exists(record) ? Files.readString(record) : "in a container";
    }

    private static ProducerRecord<String, byte[]> record(RunningStack stack, Topic topic, int bytes) {
        return new ProducerRecord<>(topic.name(stack.connection().environment()), 0, "thief", new byte[bytes]);
    }

    private static KafkaProducer<String, byte[]> thief(RunningStack stack, String compression) {
        var settings = KafkaSettings.load(
                        stack.data().resolve("kafka/enroll-gateway.properties"),
                        Principal.ENROLL_GATEWAY,
                        stack.connection().environment(),
                        "thief")
                .producer();
        settings.putAll(Map.of(
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                compression,
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                2 * BATCH_BYTES,
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                2L * BATCH_BYTES,
                ProducerConfig.BATCH_SIZE_CONFIG,
                BATCH_BYTES,
                ProducerConfig.LINGER_MS_CONFIG,
                500));
        return new KafkaProducer<>(settings);
    }
}
