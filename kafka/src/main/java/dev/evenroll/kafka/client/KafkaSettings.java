package dev.evenroll.kafka.client;

import dev.evenroll.schemas.topic.Principal;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.WallclockTimestampExtractor;
import org.jspecify.annotations.Nullable;

/// Settings of one service's Kafka clients.
///
/// How to reach the broker and who we are (bootstrap servers, TLS, SASL) comes from a standard client
/// properties file, the same that Kafka's own tools take; secrets stay in that file. What the pipeline's
/// promises need (idempotence, `read_committed`, exactly once) is set here and overrides the file.
///
/// Consumer groups, transactional ids and the Streams application id all start with
/// `<environment>.<service>`, which is what the broker's access rules allow. They end with the instance's
/// stable name (a pod's name), so that a killed process that comes back takes its own place at once: its open
/// transaction is aborted and its partitions stay with it, instead of waiting for time-outs.
public final class KafkaSettings {

    /// A dead member's partitions move to another after this.
    private static final int SESSION_TIMEOUT_MILLIS = 10_000;
    /// An open transaction of a process that never comes back blocks readers for at most this long.
    private static final int TRANSACTION_TIMEOUT_MILLIS = 10_000;
    /// Where a device waits: measured best trade between latency and the cost of a commit (docs/adr/0003).
    private static final Duration COMMIT_INTERVAL = Duration.ofMillis(20);

    private static final Duration POLL = Duration.ofMillis(5);

    /// Where nobody waits: few transactions, and few looks at tasks that have nothing to do.
    private static final Duration BACKGROUND_COMMIT_INTERVAL = Duration.ofMillis(200);

    private static final Duration BACKGROUND_POLL = Duration.ofMillis(100);
    /// A fetch is answered with so much, or after the wait with what there is.
    private static final int BACKGROUND_FETCH_BYTES = 64 * 1024;

    private static final int BACKGROUND_FETCH_WAIT_MILLIS = 200;
    /// For which a fetch waits at the broker when there is nothing; what comes meanwhile is sent at once.
    private static final int FETCH_WAIT_MILLIS = 500;

    /// The records of a transaction go out together at its commit, which sends at once whatever there is.
    /// Before that only full batches do: nobody could read them earlier, and each request that comes to
    /// further partitions costs the broker an entry in its log of transactions.
    private static final int TRANSACTION_LINGER_MILLIS = 500;

    private static final int TRANSACTION_BATCH_BYTES = 128 * 1024;
    /// So many records are unpacked at a time, each as large as its topic allows.
    private static final int STREAMS_POLL_RECORDS = 100;

    private static final int NINE_MEBIBYTES = 9 * 1024 * 1024;

    private final Map<String, Object> connection;
    private final Principal principal;
    private final String environment;
    private final String instance;
    private final @Nullable String applicationServer;
    private final Commit commit;

    /// When a Streams application commits, and how soon it looks for more.
    private record Commit(Duration interval, Duration poll, boolean inTheBackground) {}

    private KafkaSettings(
            Map<String, Object> connection,
            Principal principal,
            String environment,
            String instance,
            @Nullable String applicationServer,
            Commit commit) {
        this.connection = Map.copyOf(connection);
        this.principal = principal;
        this.environment = environment;
        this.instance = instance;
        this.applicationServer = applicationServer;
        this.commit = commit;
    }

    /// Reads a client properties file.
    ///
    /// @param clientProperties standard Kafka client properties, `bootstrap.servers` among them
    /// @param principal the service
    /// @param environment test, staging or production
    /// @param instance stable name of this replica, unique among the service's replicas
    /// @throws IllegalArgumentException when the file can not be used, with the reason
    public static KafkaSettings load(Path clientProperties, Principal principal, String environment, String instance) {
        var properties = new Properties();
        try (Reader reader = Files.newBufferedReader(clientProperties, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "The Kafka client properties file " + clientProperties
                            + " can not be read; set evenroll.kafka.client-properties to a readable file.",
                    e);
        }
        if (properties
                .getProperty(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, "")
                .isBlank()) {
            throw new IllegalArgumentException("The Kafka client properties file " + clientProperties
                    + " has no bootstrap.servers; add host:port of at least one broker.");
        }
        var connection = new HashMap<String, Object>();
        properties.stringPropertyNames().forEach(name -> connection.put(name, properties.getProperty(name)));
        return new KafkaSettings(
                connection, principal, environment, instance, null, new Commit(COMMIT_INTERVAL, POLL, false));
    }

    /// The same, for a Streams application whose replicas ask each other for what they hold.
    ///
    /// @param hostAndPort where the others reach this replica
    public KafkaSettings advertising(String hostAndPort) {
        return new KafkaSettings(connection, principal, environment, instance, hostAndPort, commit);
    }

    /// The same, for a Streams application that asks by itself for a commit where somebody waits.
    ///
    /// @param interval between two commits that nobody asks for
    public KafkaSettings committingEvery(Duration interval) {
        return with(new Commit(interval, POLL, false));
    }

    /// The same, for a Streams application that nobody waits for.
    public KafkaSettings inTheBackground() {
        return with(new Commit(BACKGROUND_COMMIT_INTERVAL, BACKGROUND_POLL, true));
    }

    private KafkaSettings with(Commit other) {
        return new KafkaSettings(connection, principal, environment, instance, applicationServer, other);
    }

    public String environment() {
        return environment;
    }

    public Principal principal() {
        return principal;
    }

    public String instance() {
        return instance;
    }

    /// Idempotent producer, String keys, byte[] values; sends at once.
    public Map<String, Object> producer() {
        var settings = base();
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class.getName());
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, NINE_MEBIBYTES);
        return settings;
    }

    /// Producer of one transactional loop.
    ///
    /// @param loop name of the loop, unique within the service
    public Map<String, Object> transactionalProducer(String loop) {
        var settings = producer();
        settings.put(
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                principal.applicationId(environment) + "." + loop + "-" + instance);
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MILLIS);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, TRANSACTION_LINGER_MILLIS);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, TRANSACTION_BATCH_BYTES);
        return settings;
    }

    /// Member of a consumer group that reads committed records and commits by itself.
    ///
    /// @param group name of the group within the service
    public Map<String, Object> consumer(String group) {
        var settings = reader();
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, principal.applicationId(environment) + "." + group);
        settings.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, instance);
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MILLIS);
        return settings;
    }

    /// Consumer without a group, for partitions that it assigns to itself.
    public Map<String, Object> reader() {
        var settings = base();
        settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class.getName());
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MILLIS);
        return settings;
    }

    /// Kafka Streams application, exactly once.
    ///
    /// @param stateDirectory where its stores live; kept between starts
    public Map<String, Object> streams(Path stateDirectory) {
        var settings = base();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, principal.applicationId(environment));
        settings.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.toString());
        if (applicationServer != null) {
            settings.put(StreamsConfig.APPLICATION_SERVER_CONFIG, applicationServer);
        }
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commit.interval().toMillis());
        settings.put(StreamsConfig.POLL_MS_CONFIG, commit.poll().toMillis());
        settings.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.StringSerde.class.getName());
        settings.put(StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class.getName());
        // A record's own timestamp is the writer's word; an invalid one would kill the stream thread again and again.
        settings.put(
                StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, WallclockTimestampExtractor.class.getName());
        // Timestamps are those of the reading, so there is no order between topics to wait for.
        settings.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
        settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedMemory.class.getName());
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), instance);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), SESSION_TIMEOUT_MILLIS);
        settings.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        settings.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), STREAMS_POLL_RECORDS);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), TRANSACTION_LINGER_MILLIS);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), TRANSACTION_BATCH_BYTES);
        settings.put(
                StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), TRANSACTION_TIMEOUT_MILLIS);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), NINE_MEBIBYTES);
        if (commit.inTheBackground()) {
            settings.put(
                    StreamsConfig.mainConsumerPrefix(ConsumerConfig.FETCH_MIN_BYTES_CONFIG), BACKGROUND_FETCH_BYTES);
            settings.put(
                    StreamsConfig.mainConsumerPrefix(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG),
                    BACKGROUND_FETCH_WAIT_MILLIS);
        }
        return settings;
    }

    /// Admin client.
    public Map<String, Object> admin() {
        return base();
    }

    private Map<String, Object> base() {
        var settings = new HashMap<>(connection);
        settings.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        return settings;
    }
}
