package dev.evenroll.revocation.kafka;

import dev.evenroll.kafka.client.KafkaSettings;
import dev.evenroll.kafka.record.Outgoing;
import dev.evenroll.revocation.inventory.OrderBook;
import dev.evenroll.revocation.inventory.OrderNotWrittenException;
import dev.evenroll.revocation.life.RevocationOrder;
import dev.evenroll.schemas.event.RevocationReason;
import dev.evenroll.schemas.event.RevocationRequested;
import dev.evenroll.schemas.topic.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes what comes from people and from outside the topology: orders to revoke, security observations,
/// dead letters of the reader of signed lists.
public final class EventWriter implements OrderBook, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventWriter.class);

    /// A person waits: after this it is said that the broker does not answer.
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Producer<String, byte[]> producer;
    private final String environment;

    public EventWriter(KafkaSettings settings) {
        this(new KafkaProducer<>(impatient(settings.producer())), settings.environment());
    }

    EventWriter(Producer<String, byte[]> producer, String environment) {
        this.producer = producer;
        this.environment = environment;
    }

    private static Map<String, Object> impatient(Map<String, Object> settings) {
        var impatient = new HashMap<>(settings);
        impatient.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, LIMIT.toMillis());
        impatient.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) LIMIT.toMillis());
        impatient.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int)
                LIMIT.multipliedBy(2).toMillis());
        return impatient;
    }

    @Override
    public void write(RevocationOrder order) throws OrderNotWrittenException {
        var event = RevocationRequested.newBuilder()
                .setEnvironment(environment)
                .setOccurredAt(order.orderedAt())
                .setCertificateId(order.certificateId().value())
                .setReason(RevocationReason.valueOf(order.reason().name()))
                .setActor(order.actor())
                .setCause(order.cause())
                .build();
        var outgoing = Outgoing.to(Topics.REVOCATION_REQUESTED, environment, event.getCertificateId(), event);
        try {
            producer.send(outgoing).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw new OrderNotWrittenException(
                    "The order is not known to be written: the broker did not confirm it. Order it again; twice is harmless.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OrderNotWrittenException("The service is stopping. Order it again; twice is harmless.", e);
        }
    }

    /// Sends a record without waiting. That it could not be written is logged.
    public void send(ProducerRecord<String, byte[]> event) {
        send(event, () -> {});
    }

    /// Sends a record without waiting. That it could not be written is logged, and told.
    @SuppressWarnings("FutureReturnValueIgnored") // the callback hears how it ended
    public void send(ProducerRecord<String, byte[]> event, Runnable lost) {
        try {
            producer.send(event, (metadata, failure) -> {
                if (failure != null) {
                    lost(event, failure);
                    lost.run();
                }
            });
        } catch (KafkaException e) {
            lost(event, e);
            lost.run();
        }
    }

    private static void lost(ProducerRecord<String, byte[]> event, Exception failure) {
        LOG.atWarn()
                .setCause(failure)
                .addKeyValue("topic", event.topic())
                .addKeyValue("key", event.key())
                .log("Event not written; see whether the broker is up and allows it");
    }

    @Override
    public void close() {
        producer.close(LIMIT);
    }
}
