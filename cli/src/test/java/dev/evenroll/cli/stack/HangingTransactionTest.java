package dev.evenroll.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.cli.broker.HangingTransactions;
import dev.evenroll.cli.files.PropertiesFile;
import dev.evenroll.schemas.topic.Topics;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A broker dies and leaves transactions: one that its coordinator knows, one that it does not.
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class HangingTransactionTest {

    private static final TopicPartition PARTITION = new TopicPartition(Topics.DEVICE_COMMANDED.name("test"), 0);

    @TempDir
    private Path directory;

    private final RecordingListener listener = new RecordingListener();

    @BeforeEach
    void buildServices() throws Exception {
        for (var service : Service.values()) {
            FakeService.build(directory.resolve("project").resolve(service.serviceName()));
        }
    }

    @Test
    void whatNobodyWillEndIsAbortedAndWhatLivesGoesOn() throws Exception {
        try (var stack = started()) {
            var hanging = begin("hanging", "never to be read");
            var living = begin("living", "read");
            forget("hanging");
            stack.crashBroker();
            hanging.close(Duration.ZERO);
            try (var admin = Admin.create(client())) {
                var transactions = new HangingTransactions(admin);
                assertThat(transactions.abortOlderThan(Instant.EPOCH)).isEmpty();
                assertThat(transactions.abort())
                        .singleElement()
                        .asString()
                        .matches("test\\.device\\.commanded\\.v1-0 \\(producer \\d+, from offset 0 on\\)");
                assertThat(transactions.abort()).isEmpty();
            }
            living.send(record("read too")).get();
            living.commitTransaction();
            living.close();
            assertThat(committed(2)).containsExactly("read", "read too");
        }
    }

    @Test
    void theNextStartAbortsWhatHangsBeforeAServiceWaitsForIt() throws Exception {
        try (var _ = started()) {
            begin("hanging", "never to be read").close(Duration.ZERO);
            forget("hanging");
        }
        assertThat(listener.notes()).isEmpty();
        try (var _ = started()) {
            assertThat(listener.notes())
                    .singleElement()
                    .asString()
                    .matches("Aborted what a broker that died had left open: test\\.device\\.commanded\\.v1-0"
                            + " \\(producer \\d+, from offset 0 on\\)\\.");
            var next = begin("next", "read");
            next.commitTransaction();
            next.close();
            assertThat(committed(1)).containsExactly("read");
        }
    }

    private LocalStack started() throws Exception {
        var project = new Installation(
                directory.resolve("project"), Installation.locate().code());
        var options = StackOptions.in(directory.resolve("data"));
        var stack = new LocalStack(
                options,
                project,
                LocalStack.jvmBrokers(project, Compilation.QUICK_START),
                listener,
                InstantSource.system());
        stack.launch();
        return stack;
    }

    /// A transaction with one record that the broker has, and no end.
    private KafkaProducer<byte[], byte[]> begin(String transactionalId, String value) throws Exception {
        var properties = client();
        properties.setProperty(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        properties.setProperty(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, "15000");
        var producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
        producer.beginTransaction();
        producer.send(record(value)).get();
        return producer;
    }

    private static ProducerRecord<byte[], byte[]> record(String value) {
        return new ProducerRecord<>(
                PARTITION.topic(), PARTITION.partition(), null, value.getBytes(StandardCharsets.UTF_8));
    }

    /// Has the coordinator forget a transaction when it reads its log the next time.
    private void forget(String transactionalId) throws Exception {
        var properties = client();
        // The only one that the broker lets write to topics of its own.
        properties.setProperty(ProducerConfig.CLIENT_ID_CONFIG, "__admin_client");
        properties.setProperty(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "false");
        var id = transactionalId.getBytes(StandardCharsets.UTF_8);
        var key = ByteBuffer.allocate(4 + id.length)
                .putShort((short) 0)
                .putShort((short) id.length)
                .put(id)
                .array();
        try (var producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            int partitions = producer.partitionsFor("__transaction_state").size();
            producer.send(new ProducerRecord<>(
                            "__transaction_state", Utils.abs(transactionalId.hashCode()) % partitions, key, null))
                    .get();
        }
    }

    /// What somebody reads who reads committed records only.
    private List<String> committed(int count) throws Exception {
        var properties = client();
        properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        var values = new ArrayList<String>();
        try (var consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(PARTITION));
            while (values.size() < count) {
                consumer.poll(Duration.ofSeconds(1))
                        .forEach(read -> values.add(new String(read.value(), StandardCharsets.UTF_8)));
            }
        }
        return values;
    }

    private Properties client() throws IOException {
        return PropertiesFile.read(new DataDirectory(directory.resolve("data")).kafkaClient("evenroll-provisioner"));
    }
}
