package dev.evenroll.kafka.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenroll.schemas.topic.Principal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.WallclockTimestampExtractor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaSettingsTest {

    @TempDir
    private Path directory = Path.of("");

    @Test
    void whatThePromisesNeedOverridesTheFile() throws IOException {
        var settings = load(
                "bootstrap.servers=localhost:9092\nacks=0\nenable.idempotence=false\nisolation.level=read_uncommitted\n");
        assertThat(settings.producer())
                .containsEntry(ProducerConfig.ACKS_CONFIG, "all")
                .containsEntry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        assertThat(settings.consumer("sign")).containsEntry(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        assertThat(settings.streams(directory))
                .containsEntry(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    }

    /// One record with the timestamp -1 must not stop an application for good.
    @Test
    void streamsDoesNotRelyOnTheTimestampsOfRecords() throws IOException {
        assertThat(load("bootstrap.servers=localhost:9092\n").streams(directory))
                .containsEntry(
                        StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG,
                        WallclockTimestampExtractor.class.getName());
    }

    @Test
    void namesStartWithEnvironmentAndServiceAndEndWithTheInstance() throws IOException {
        var settings = load("bootstrap.servers=localhost:9092\n");
        assertThat(settings.transactionalProducer("sign"))
                .containsEntry(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "test.issuer.sign-issuer-0");
        assertThat(settings.consumer("sign"))
                .containsEntry(ConsumerConfig.GROUP_ID_CONFIG, "test.issuer.sign")
                .containsEntry(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, "issuer-0");
        assertThat(settings.streams(directory)).containsEntry(StreamsConfig.APPLICATION_ID_CONFIG, "test.issuer");
    }

    /// Else the broker writes down again and again which partitions a transaction has come to.
    @Test
    void theRecordsOfATransactionGoOutTogether() throws IOException {
        var settings = load("bootstrap.servers=localhost:9092\n");
        assertThat(settings.producer()).containsEntry(ProducerConfig.LINGER_MS_CONFIG, 0);
        assertThat(settings.transactionalProducer("sign")).containsEntry(ProducerConfig.LINGER_MS_CONFIG, 500);
        assertThat(settings.streams(directory))
                .containsEntry(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 500);
    }

    /// Each of them may be as large as its topic allows when it is unpacked.
    @Test
    void onlySoManyRecordsAreUnpackedAtATime() throws IOException {
        var settings = load("bootstrap.servers=localhost:9092\n");
        assertThat(settings.streams(directory))
                .containsEntry(StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), 100);
    }

    @Test
    void aMissingFileIsSaid() {
        assertThatThrownBy(() -> KafkaSettings.load(directory.resolve("absent"), Principal.ISSUER, "test", "0"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("can not be read; set evenroll.kafka.client-properties");
    }

    @Test
    void aReplicaSaysWhereTheOthersReachIt() throws IOException {
        var settings = load("bootstrap.servers=localhost:9092\n");
        assertThat(settings.streams(directory)).doesNotContainKey(StreamsConfig.APPLICATION_SERVER_CONFIG);
        assertThat(settings.advertising("validator-1:8443").streams(directory))
                .containsEntry(StreamsConfig.APPLICATION_SERVER_CONFIG, "validator-1:8443")
                .containsEntry(
                        StreamsConfig.APPLICATION_ID_CONFIG,
                        settings.streams(directory).get(StreamsConfig.APPLICATION_ID_CONFIG));
    }

    @Test
    void anApplicationMayCommitLessOftenThanOneThatDevicesWaitFor() throws IOException {
        var settings = load("bootstrap.servers=localhost:9092\n");
        assertThat(settings.streams(directory)).containsEntry(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 20L);
        assertThat(settings.committingEvery(Duration.ofMillis(100)).streams(directory))
                .containsEntry(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100L);
    }

    @Test
    void noTopicOfAnApplicationWaitsForAnother() throws IOException {
        assertThat(load("bootstrap.servers=localhost:9092\n").streams(directory))
                .containsEntry(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
    }

    @Test
    void anApplicationInTheBackgroundLetsRecordsGather() throws IOException {
        var settings =
                load("bootstrap.servers=localhost:9092\n").inTheBackground().streams(directory);
        assertThat(settings)
                .containsEntry(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 200L)
                .containsEntry(StreamsConfig.POLL_MS_CONFIG, 100L)
                .containsEntry(StreamsConfig.mainConsumerPrefix(ConsumerConfig.FETCH_MIN_BYTES_CONFIG), 64 * 1024);
    }

    @Test
    void aFileWithoutBootstrapServersIsSaid() {
        assertThatThrownBy(() -> load("security.protocol=SSL\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has no bootstrap.servers; add host:port");
    }

    private KafkaSettings load(String text) throws IOException {
        var file = directory.resolve("client.properties");
        Files.writeString(file, text);
        return KafkaSettings.load(file, Principal.ISSUER, "test", "issuer-0");
    }
}
