package dev.evenroll.gateway.kafka;

import dev.evenroll.gateway.enrollment.ParkedRequests;
import dev.evenroll.gateway.enrollment.ReplyAddress;
import dev.evenroll.gateway.observation.Observation;
import dev.evenroll.kafka.client.KafkaSettings;
import dev.evenroll.pki.identity.EnrollmentId;
import dev.evenroll.schemas.codec.Codec;
import dev.evenroll.schemas.codec.UndecodableException;
import dev.evenroll.schemas.event.EnrollmentOutcome;
import dev.evenroll.schemas.topic.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/// Reads `enrollment.outcome` and answers the parked requests: step 6 of the enrollment cycle.
///
/// The replicas share the partitions as members of the consumer group `replies`, and each uses one of its own
/// as its reply address. A partition is used only once its end is known, so that no answer to a request
/// written from then on is missed. Earlier outcomes are of no use: whoever waited for them is gone, and comes
/// again. No offset is committed.
public final class OutcomeReader implements ReplyAddress, AutoCloseable {

    private static final Duration POSITION_LIMIT = Duration.ofSeconds(10);
    private static final Codec<EnrollmentOutcome> CODEC = Codec.of(EnrollmentOutcome.class);

    private final String topic;
    private final String environment;
    private final ParkedRequests parked;
    private final GatewayProducer producer;
    private final ConsumerLoop loop;
    /// Written by the loop's thread, read by all.
    private final List<Integer> owned = new CopyOnWriteArrayList<>();

    private final AtomicInteger next = new AtomicInteger();

    public OutcomeReader(KafkaSettings settings, ParkedRequests parked, GatewayProducer producer) {
        this(() -> new KafkaConsumer<>(settings.consumer("replies")), settings.environment(), parked, producer);
    }

    OutcomeReader(
            Supplier<Consumer<String, byte[]>> consumers,
            String environment,
            ParkedRequests parked,
            GatewayProducer producer) {
        this.topic = Topics.ENROLLMENT_OUTCOME.name(environment);
        this.environment = environment;
        this.parked = parked;
        this.producer = producer;
        this.loop = new ConsumerLoop("replies", consumers, new Replies());
    }

    public void start() {
        loop.start();
    }

    public boolean alive() {
        return loop.alive();
    }

    /// Why no outcome can come, in words; empty while the broker is in reach.
    public Optional<String> cutOff() {
        return loop.cutOff();
    }

    /// In turn, so that the answers spread over the partitions.
    @Override
    public OptionalInt partition() {
        var now = owned.toArray(Integer[]::new);
        return now.length == 0
                ? OptionalInt.empty()
                : OptionalInt.of(now[Math.floorMod(next.getAndIncrement(), now.length)]);
    }

    @Override
    public void close() {
        loop.close();
    }

    private void answer(ConsumerRecord<String, byte[]> source) {
        try {
            var outcome = CODEC.decode(source.value());
            if (!outcome.getEnvironment().equals(environment)) {
                producer.report(new Observation(
                        Observation.Kind.FOREIGN_ENVIRONMENT,
                        outcome.getDeviceId(),
                        "An outcome of another environment was found on " + topic + ".",
                        Map.of("environment", outcome.getEnvironment())));
                producer.deadLetter(source, "The outcome is of another environment.");
                return;
            }
            var id = new EnrollmentId(outcome.getEnrollmentId());
            // Nobody may wait any more: the device then asks again and is answered from the state of csr-validator.
            Events.answer(outcome)
                    .ifPresentOrElse(
                            answer -> parked.answer(id, answer),
                            () -> producer.deadLetter(source, "The result is of a kind that is unknown here."));
        } catch (UndecodableException | IllegalArgumentException e) {
            // IllegalArgumentException: the enrollment id is none.
            producer.deadLetter(source, String.valueOf(e.getMessage()));
        }
    }

    private final class Replies implements ConsumerLoop.Reading {

        @Override
        public void begin(Consumer<String, byte[]> consumer) {
            consumer.subscribe(List.of(topic), new Ownership(consumer));
        }

        @Override
        public void take(ConsumerRecords<String, byte[]> batch, Consumer<String, byte[]> consumer) {
            batch.forEach(OutcomeReader.this::answer);
        }

        @Override
        public void lost() {
            owned.clear();
        }
    }

    private final class Ownership implements ConsumerRebalanceListener {
        private final Consumer<String, byte[]> consumer;

        private Ownership(Consumer<String, byte[]> consumer) {
            this.consumer = consumer;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            consumer.seekToEnd(partitions);
            for (var partition : partitions) {
                // Asks the broker now; a failure ends the session, and the next one begins anew.
                var _ = consumer.position(partition, POSITION_LIMIT);
                owned.add(partition.partition());
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            partitions.forEach(partition -> owned.remove(Integer.valueOf(partition.partition())));
        }
    }
}
