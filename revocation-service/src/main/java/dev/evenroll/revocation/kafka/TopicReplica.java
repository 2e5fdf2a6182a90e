package dev.evenroll.revocation.kafka;

import dev.evenroll.kafka.client.KafkaSettings;
import dev.evenroll.schemas.topic.Topic;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads a compacted topic from its beginning, and goes on reading; says as of when all of it is known.
///
/// Every [#QUESTIONS] the broker is asked where the topic ends. Once that has been read, everything is known as of the
/// moment of the question: a broker that does not answer, and a reader that falls behind, are seen as the same thing,
/// age. A session that fails begins anew, with nothing.
///
/// Life: one thread of its own, from [#start] to [#close].
public final class TopicReplica implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TopicReplica.class);

    private static final Duration QUESTIONS = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(2);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration BACK_OFF = Duration.ofSeconds(1);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    /// What the records make up. Called by one thread.
    public interface Contents {

        /// Forgets everything.
        void clear();

        /// Takes a record.
        void take(ConsumerRecord<String, byte[]> source);
    }

    /// Is told as of when everything is known. Called by one thread.
    public interface Watch {

        /// Everything that happened until then is known.
        void knownAsOf(Instant moment);

        /// Nothing is known any more. Called before it is forgotten.
        void lost();
    }

    private final String topic;
    private final Supplier<Consumer<String, byte[]>> consumers;
    private final Contents contents;
    private final Watch watch;
    private final InstantSource clock;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);

    private volatile @Nullable Consumer<String, byte[]> open;

    public TopicReplica(KafkaSettings settings, Topic topic, Contents contents, Watch watch, InstantSource clock) {
        this(() -> new KafkaConsumer<>(settings.reader()), topic.name(settings.environment()), contents, watch, clock);
    }

    TopicReplica(
            Supplier<Consumer<String, byte[]>> consumers,
            String topic,
            Contents contents,
            Watch watch,
            InstantSource clock) {
        this.consumers = consumers;
        this.topic = topic;
        this.contents = contents;
        this.watch = watch;
        this.clock = clock;
        this.thread = new Thread(this::run, "replica-of-" + topic);
    }

    public void start() {
        thread.start();
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
                    new Session(consumer).read();
                } catch (WakeupException e) {
                    LOG.atDebug().addKeyValue("topic", topic).log("Reader is woken to stop");
                } catch (KafkaException e) {
                    LOG.atWarn().setCause(e).addKeyValue("topic", topic).log("Reading interrupted; it begins anew");
                } catch (RuntimeException e) {
                    // An ended thread would know nothing new until a restart; the normal way back is to begin anew.
                    LOG.atError().setCause(e).addKeyValue("topic", topic).log("Broken invariant; reading begins anew");
                } finally {
                    open = null;
                    watch.lost();
                    contents.clear();
                }
            } while (!closing.await(BACK_OFF.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Where the topic ended at a moment.
    private record Question(Instant at, Map<TopicPartition, Long> ends) {}

    /// The life of one consumer.
    private final class Session {

        private final Consumer<String, byte[]> consumer;
        private @Nullable Question open;
        private Instant next = Instant.MIN;

        Session(Consumer<String, byte[]> consumer) {
            this.consumer = consumer;
        }

        void read() {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            if (partitions.isEmpty()) {
                throw new UnknownTopicOrPartitionException("The topic " + topic + " does not exist; create it.");
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (closing.getCount() > 0) {
                ask(partitions);
                consumer.poll(POLL).forEach(contents::take);
                see();
            }
        }

        private void ask(Collection<TopicPartition> partitions) {
            var now = clock.instant();
            // The second comparison: a clock that was set back must not silence the questions for hours.
            if (open != null || (now.isBefore(next) && now.plus(QUESTIONS).isAfter(next))) {
                return;
            }
            next = now.plus(QUESTIONS);
            try {
                open = new Question(now, consumer.endOffsets(partitions, ANSWER));
            } catch (TimeoutException e) {
                LOG.atDebug().addKeyValue("topic", topic).log("The broker does not say where the topic ends");
            }
        }

        private void see() {
            var question = open;
            if (question != null
                    && question.ends().entrySet().stream()
                            .allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
                watch.knownAsOf(question.at());
                open = null;
            }
        }
    }
}
