package dev.evenroll.validator.streams;

import dev.evenroll.kafka.record.SecurityEvents;
import dev.evenroll.schemas.event.SecurityObservation;
import dev.evenroll.schemas.topic.Principal;
import dev.evenroll.validator.administration.RefusedCalls;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes what is observed beside the topology to security.observed: refused calls, unusable configuration.
///
/// On a thread of its own behind a bounded queue: whoever floods the interface with bad tokens neither blocks
/// its threads nor fills its memory. What does not fit is counted
/// (`evenroll.validator.security.events.lost`).
public final class SecurityProducer implements RefusedCalls, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SecurityProducer.class);
    private static final int QUEUE = 1_000;
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    private final Producer<String, byte[]> producer;
    private final SecurityEvents events;
    private final Counter lost;
    private final ThreadPoolExecutor sender;

    /// @param producer owned by the caller
    public SecurityProducer(
            Producer<String, byte[]> producer, String environment, InstantSource clock, MeterRegistry metrics) {
        this.producer = producer;
        this.events = new SecurityEvents(Principal.CSR_VALIDATOR, environment, clock);
        this.lost = metrics.counter("evenroll.validator.security.events.lost");
        this.sender = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(QUEUE),
                task -> new Thread(task, "security-events"),
                (task, executor) -> lost.increment());
    }

    @Override
    public void unauthenticated(String remoteAddress, String call) {
        report(events.record(
                SecurityObservation.AUTHENTICATION_FAILED,
                remoteAddress,
                "A call of the registry's administration interface came without a valid bearer token.",
                Map.of("remoteAddress", remoteAddress, "call", call)));
    }

    @Override
    public void forbidden(String actor, String remoteAddress, String call) {
        report(events.record(
                SecurityObservation.ADMINISTRATION_REFUSED,
                actor,
                "A caller of the registry's administration interface did not have the role that the call needs.",
                Map.of("remoteAddress", remoteAddress, "call", call)));
    }

    /// A file of the configuration has changed and can not be used.
    ///
    /// @param property the property that names it
    public void configurationUnusable(String property, String problem) {
        report(events.record(
                SecurityObservation.CONFIGURATION_UNUSABLE,
                property,
                "A changed configuration can not be used; the one before it stays in force: " + problem + ".",
                Map.of("property", property)));
    }

    private void report(ProducerRecord<String, byte[]> event) {
        sender.execute(() -> send(event));
    }

    private void send(ProducerRecord<String, byte[]> event) {
        try {
            var _ = producer.send(event, (metadata, failure) -> {
                if (failure != null) {
                    lose(failure);
                }
            });
        } catch (KafkaException e) {
            lose(e);
        }
    }

    private void lose(Exception cause) {
        lost.increment();
        LOG.atWarn().setCause(cause).log("A security event could not be written to Kafka");
    }

    @Override
    public void close() {
        sender.shutdown();
        try {
            if (!sender.awaitTermination(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                lost.increment(sender.shutdownNow().size());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
