package dev.evenroll.gateway.kafka;

import dev.evenroll.gateway.enrollment.EnrollmentRequest;
import dev.evenroll.gateway.enrollment.EnrollmentRequests;
import dev.evenroll.gateway.observation.Observation;
import dev.evenroll.gateway.observation.Observations;
import dev.evenroll.kafka.client.KafkaSettings;
import dev.evenroll.kafka.record.DeadLetters;
import dev.evenroll.kafka.record.Outgoing;
import dev.evenroll.kafka.record.SecurityEvents;
import dev.evenroll.schemas.topic.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Everything that the gateway writes: `enrollment.requested`, `job.progressed`, `security.observed`, its dead letters.
///
/// One thread hands the records to Kafka's producer, which may block when the broker is away; the event loops
/// never do. What waits for that thread is bounded. A record that could not be written is told to whoever
/// waits for it, counted (`evenroll.gateway.unwritten`) and logged.
public final class GatewayProducer implements EnrollmentRequests, Observations, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GatewayProducer.class);

    /// Records that may wait for the sending thread.
    private static final int QUEUE = 4_000;

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(3);
    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(4);
    /// So long after a record was given up nobody is sent here; then the next one tries whether the broker answers
    /// again.
    private static final Duration SHUT_AFTER_SILENCE = Duration.ofSeconds(10);
    /// Longest time that one record holds up the sending thread.
    private static final Duration BLOCK_LIMIT = Duration.ofSeconds(2);

    private final Producer<String, byte[]> producer;
    private final String environment;
    private final InstantSource clock;
    private final SecurityEvents securityEvents;
    private final DeadLetters deadLetters;
    private final MeterRegistry metrics;
    private final ThreadPoolExecutor sender;
    private volatile boolean ready;
    /// When a record was given up because the broker did not answer; null when a later one was written.
    private volatile @Nullable Instant unansweredAt;

    /// @param producer owned by this object from now on
    public GatewayProducer(
            Producer<String, byte[]> producer,
            String environment,
            SecurityEvents securityEvents,
            DeadLetters deadLetters,
            MeterRegistry metrics,
            InstantSource clock) {
        this.producer = producer;
        this.environment = environment;
        this.securityEvents = securityEvents;
        this.deadLetters = deadLetters;
        this.metrics = metrics;
        this.clock = clock;
        this.sender = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(QUEUE),
                task -> new Thread(task, "gateway-producer"));
    }

    /// A producer of Kafka that gives up when nobody waits any more.
    ///
    /// @param wait how long a device is kept waiting
    public static Producer<String, byte[]> connect(KafkaSettings settings, Duration wait) {
        var properties = settings.producer();
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCK_LIMIT.toMillis());
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.toIntExact(REQUEST_LIMIT.toMillis()));
        properties.put(
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                Math.toIntExact(Math.max(wait.toMillis(), REQUEST_LIMIT.toMillis())));
        return new KafkaProducer<>(properties);
    }

    /// Learns where the topics are, so that the first device does not wait for it; ready afterwards.
    public void start() {
        sender.execute(() -> {
            try {
                producer.partitionsFor(Topics.ENROLLMENT_REQUESTED.name(environment));
                producer.partitionsFor(Topics.SECURITY_OBSERVED.name(environment));
                producer.partitionsFor(Topics.JOB_PROGRESSED.name(environment));
                ready = true;
            } catch (KafkaException e) {
                LOG.atInfo().addKeyValue("cause", e.getMessage()).log("Topics not reachable yet; trying again");
                if (!sender.isShutdown()) {
                    start();
                }
            }
        });
    }

    /// Whether the topics have been reached once.
    public boolean ready() {
        return ready;
    }

    /// That the broker does not answer, in words; empty when it does, as far as is known.
    public Optional<String> silence() {
        var since = unansweredAt;
        return since == null || clock.instant().isAfter(since.plus(SHUT_AFTER_SILENCE))
                ? Optional.empty()
                : Optional.of("The Kafka broker did not take a record in time; see that it is up.");
    }

    @Override
    public CompletionStage<Void> submit(EnrollmentRequest request, int replyPartition) {
        return send(
                Outgoing.to(
                        Topics.ENROLLMENT_REQUESTED,
                        environment,
                        request.device().value(),
                        Events.requested(request, environment, clock.instant(), replyPartition)),
                request.device().value());
    }

    @Override
    public void report(Observation observation) {
        metrics.counter(
                        "evenroll.security.events",
                        "observation",
                        observation.kind().name())
                .increment();
        var _ = send(
                securityEvents.record(
                        Events.observation(observation.kind()),
                        observation.subject(),
                        observation.message(),
                        observation.attributes()),
                observation.subject());
    }

    /// Puts a consumed record aside.
    ///
    /// @param cause why it can not be used, in a sentence
    void deadLetter(ConsumerRecord<String, byte[]> source, String cause) {
        metrics.counter("evenroll.gateway.dead.letters", "topic", source.topic())
                .increment();
        LOG.atWarn()
                .addKeyValue("topic", source.topic())
                .addKeyValue("partition", source.partition())
                .addKeyValue("offset", source.offset())
                .addKeyValue("cause", cause)
                .log("Record put aside as a dead letter");
        var _ = send(deadLetters.record(source, cause), source.topic() + "/" + source.offset());
    }

    @Override
    public void close() {
        sender.shutdown();
        try {
            if (!sender.awaitTermination(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.atWarn()
                        .addKeyValue("records", sender.shutdownNow().size())
                        .log("Records not written before the stop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close(CLOSE_LIMIT);
    }

    /// Sends a record.
    ///
    /// @param about whom it is about, for the log
    /// @return completed when it is durable; completed exceptionally when it is not, or when nobody knows
    CompletionStage<Void> send(ProducerRecord<String, byte[]> record, String about) {
        var written = new CompletableFuture<Void>();
        try {
            sender.execute(() -> hand(record, written));
        } catch (RejectedExecutionException e) {
            written.completeExceptionally(e);
        }
        return written.whenComplete((_, failure) -> {
            if (failure != null) {
                metrics.counter("evenroll.gateway.unwritten", "topic", record.topic())
                        .increment();
                LOG.atWarn()
                        .addKeyValue("topic", record.topic())
                        .addKeyValue("about", about)
                        .addKeyValue("cause", failure.toString())
                        .log("Record not written");
            }
        });
    }

    private void hand(ProducerRecord<String, byte[]> record, CompletableFuture<Void> written) {
        try {
            var _ = producer.send(record, (_, failure) -> {
                if (failure == null) {
                    unansweredAt = null;
                    written.complete(null);
                } else {
                    // Any other failure is about the record, which somebody may have made so.
                    if (failure instanceof TimeoutException) {
                        unansweredAt = clock.instant();
                    }
                    written.completeExceptionally(failure);
                }
            });
        } catch (KafkaException | IllegalStateException e) {
            // IllegalStateException: the producer has been closed.
            written.completeExceptionally(e);
        }
    }
}
