package dev.evenroll.revocation.kafka;

import dev.evenroll.kafka.client.KafkaSettings;
import dev.evenroll.kafka.record.DeadLetters;
import dev.evenroll.kafka.record.SecurityEvents;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.crl.CrlName;
import dev.evenroll.revocation.crl.PublishedCrls;
import dev.evenroll.schemas.codec.Codec;
import dev.evenroll.schemas.codec.UndecodableException;
import dev.evenroll.schemas.event.CrlSigned;
import dev.evenroll.schemas.event.SecurityObservation;
import dev.evenroll.schemas.topic.Topics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads all signed lists, from the beginning at every start, and offers each for publication: every
/// replica serves all lists. What may not be served becomes a dead letter and a security observation, once
/// for each time it is read.
///
/// Life: one thread of its own, from [#start()] to [#close()]. When its Kafka session is lost it begins
/// anew; the lists already served stay served.
public final class SignedCrlReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SignedCrlReader.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration BACK_OFF = Duration.ofSeconds(1);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);
    private static final Codec<CrlSigned> CODEC = Codec.of(CrlSigned.class);

    private final Supplier<org.apache.kafka.clients.consumer.Consumer<String, byte[]>> consumers;
    private final String environment;
    private final PublishedCrls published;
    private final DeadLetters deadLetters;
    private final SecurityEvents securityEvents;
    private final Consumer<ProducerRecord<String, byte[]>> aside;
    private final Counter putAside;
    private final Thread thread = new Thread(this::run, "signed-crl-reader");
    private final CountDownLatch closing = new CountDownLatch(1);

    private volatile org.apache.kafka.clients.consumer.@Nullable Consumer<String, byte[]> open;

    /// @param aside where dead letters and security observations go
    public SignedCrlReader(
            KafkaSettings settings,
            PublishedCrls published,
            DeadLetters deadLetters,
            SecurityEvents securityEvents,
            Consumer<ProducerRecord<String, byte[]>> aside,
            MeterRegistry metrics) {
        this(
                () -> new KafkaConsumer<>(settings.reader()),
                settings.environment(),
                published,
                deadLetters,
                securityEvents,
                aside,
                metrics);
    }

    SignedCrlReader(
            Supplier<org.apache.kafka.clients.consumer.Consumer<String, byte[]>> consumers,
            String environment,
            PublishedCrls published,
            DeadLetters deadLetters,
            SecurityEvents securityEvents,
            Consumer<ProducerRecord<String, byte[]>> aside,
            MeterRegistry metrics) {
        this.consumers = consumers;
        this.environment = environment;
        this.published = published;
        this.deadLetters = deadLetters;
        this.securityEvents = securityEvents;
        this.aside = aside;
        this.putAside = metrics.counter("evenroll.dead.letters", "record", CrlSigned.class.getSimpleName());
    }

    public void start() {
        thread.start();
    }

    /// Whether everything that was signed before the start has been read.
    public boolean complete() {
        return published.complete() && thread.isAlive();
    }

    @Override
    public void close() {
        closing.countDown();
        var consumer = open;
        if (consumer != null) {
            consumer.wakeup();
        }
        try {
            thread.join(CLOSE_LIMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            do {
                try (var consumer = consumers.get()) {
                    open = consumer;
                    read(consumer);
                } catch (WakeupException e) {
                    LOG.atDebug().log("Reader of signed lists is woken to stop");
                } catch (KafkaException e) {
                    LOG.atWarn().setCause(e).log("Reading of signed lists interrupted; it begins anew");
                }
                open = null;
            } while (!closing.await(BACK_OFF.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read(org.apache.kafka.clients.consumer.Consumer<String, byte[]> consumer) {
        var partitions = consumer.partitionsFor(Topics.CRL_SIGNED.name(environment)).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (closing.getCount() > 0) {
            consumer.poll(POLL).forEach(this::take);
            if (!published.complete()
                    && ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
                published.markComplete();
            }
        }
    }

    private void take(ConsumerRecord<String, byte[]> signed) {
        try {
            var event = CODEC.decode(signed.value());
            if (!event.getEnvironment().equals(environment)) {
                putAside(
                        signed,
                        SecurityObservation.FOREIGN_ENVIRONMENT,
                        "The event belongs to environment " + event.getEnvironment() + ", not " + environment + ".");
                return;
            }
            var bytes = new byte[event.getCrl().remaining()];
            event.getCrl().duplicate().get(bytes);
            var name = new CrlName(event.getIssuerKeyId(), event.getShard(), event.getBaseCrlNumber() != null);
            published.offer(name, event.getCrlNumber(), Der.of(bytes));
            LOG.atInfo()
                    .addKeyValue("list", name)
                    .addKeyValue("crlNumber", event.getCrlNumber())
                    .log("Serving a revocation list");
        } catch (UndecodableException | MalformedException e) {
            putAside(signed, SecurityObservation.HOSTILE_RECORD, String.valueOf(e.getMessage()));
        }
    }

    private void putAside(ConsumerRecord<String, byte[]> signed, SecurityObservation observation, String cause) {
        putAside.increment();
        LOG.atWarn()
                .addKeyValue("offset", signed.offset())
                .addKeyValue("cause", cause)
                .log("Signed revocation list is not served");
        aside.accept(deadLetters.record(signed, cause));
        aside.accept(securityEvents.record(
                observation,
                signed.topic(),
                cause,
                Map.of(
                        "topic", signed.topic(),
                        "partition", Integer.toString(signed.partition()),
                        "offset", Long.toString(signed.offset()))));
    }
}
