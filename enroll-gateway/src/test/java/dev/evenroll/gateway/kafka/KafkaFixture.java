package dev.evenroll.gateway.kafka;

import dev.evenroll.gateway.TestTrust;
import dev.evenroll.kafka.record.DeadLetters;
import dev.evenroll.kafka.record.SecurityEvents;
import dev.evenroll.schemas.codec.Codec;
import dev.evenroll.schemas.codec.UndecodableException;
import dev.evenroll.schemas.topic.Principal;
import dev.evenroll.schemas.topic.Topic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// The gateway's producer with Kafka's own mock behind it.
final class KafkaFixture implements AutoCloseable {

    static final String ENVIRONMENT = "test";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final MockProducer<String, byte[]> kafka;
    final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    final GatewayProducer producer;

    /// @param acknowledge whether each record is acknowledged at once
    KafkaFixture(boolean acknowledge) {
        kafka = new MockProducer<>(
                Cluster.empty(),
                acknowledge,
                new RoundRobinPartitioner(),
                new StringSerializer(),
                new ByteArraySerializer());
        producer = new GatewayProducer(
                kafka,
                ENVIRONMENT,
                new SecurityEvents(Principal.ENROLL_GATEWAY, ENVIRONMENT, TestTrust.CLOCK),
                new DeadLetters(Principal.ENROLL_GATEWAY, ENVIRONMENT, TestTrust.CLOCK),
                metrics,
                TestTrust.CLOCK);
    }

    /// What has been written to a topic, once there are so many.
    <T extends SpecificRecordBase> List<T> written(Topic topic, Class<T> type, int count) {
        await(() -> values(topic).size() >= count);
        return values(topic).stream().map(value -> decode(type, value)).toList();
    }

    /// Waits until something is so.
    static void await(BooleanSupplier condition) {
        var until = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > until) {
                throw new AssertionError("It did not become true within " + PATIENCE);
            }
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        producer.close();
    }

    private List<byte[]> values(Topic topic) {
        return kafka.history().stream()
                .filter(written -> written.topic().equals(topic.name(ENVIRONMENT)))
                .map(written -> written.value())
                .toList();
    }

    private static <T extends SpecificRecordBase> T decode(Class<T> type, byte[] value) {
        try {
            return Codec.of(type).decode(value);
        } catch (UndecodableException e) {
            throw new AssertionError(e);
        }
    }
}
