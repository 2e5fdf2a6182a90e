package dev.evenroll.kafka.loop;

import dev.evenroll.kafka.client.KafkaSettings;
import dev.evenroll.kafka.record.DeadLetters;
import dev.evenroll.schemas.codec.UndecodableException;
import dev.evenroll.schemas.topic.Topic;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads records, transforms them, and writes the result and its own progress in one Kafka transaction: exactly once.
///
/// Life: one thread of its own, from [#start()] to [#close()], and [Workers] where several records are transformed at a
/// time. A batch is what one poll returned.
///
/// | what happens | what the loop does |
/// |---|---|
/// | it is closed while it transforms | leaves what is not begun, commits nothing of the batch |
/// | a record is undecodable | dead letter in the same transaction, goes on |
/// | [FaultException] | aborts, waits (back-off), reads the batch again; not ready meanwhile |
/// | any [KafkaException] of the producer or the consumer (fenced, time-out, rebalance: outcome unknown) | the same:
/// the broker knows what was committed |
/// | any other exception of the transformation: a broken invariant | the same: what can not be explained is not
/// committed |
/// | the consumer group has no position in a partition | goes on after what [Progress] knows to be done |
///
/// "Reads again" is always the same path: both clients are closed, which aborts an open transaction, and opened anew.
public final class TransactionalLoop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TransactionalLoop.class);

    private static final Duration POLL = Duration.ofMillis(200);

    private static final Duration FIRST_BACK_OFF = Duration.ofMillis(200);
    private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(10);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    /// Opens the clients of one session.
    interface Clients {
        Producer<String, byte[]> producer();

        Consumer<String, byte[]> consumer();
    }

    private final Clients clients;
    private final String name;
    private final Pace pace;
    private final List<String> topics;
    private final Progress progress;
    private final Transformation transformation;
    private final DeadLetters deadLetters;
    private final Workers workers;
    private final Counter transformed;
    private final Counter deadLettered;
    private final Condition condition;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);

    private volatile boolean running;
    private volatile @Nullable Consumer<String, byte[]> openConsumer;

    /// A loop that is not started yet.
    ///
    /// @param name name within the service: consumer group and transactional id carry it
    /// @param pace how much is one transaction
    /// @param parallelism how many records are transformed at a time, each of another key
    /// @param sources topics to read
    /// @param progress how far it has come, should its consumer group forget
    public TransactionalLoop(
            KafkaSettings settings,
            String name,
            Pace pace,
            int parallelism,
            List<Topic> sources,
            Progress progress,
            Transformation transformation,
            DeadLetters deadLetters,
            MeterRegistry metrics) {
        this(
                clients(settings, name, pace),
                name,
                pace,
                parallelism,
                sources.stream()
                        .map(topic -> topic.name(settings.environment()))
                        .toList(),
                progress,
                transformation,
                deadLetters,
                metrics);
    }

    TransactionalLoop(
            Clients clients,
            String name,
            Pace pace,
            int parallelism,
            List<String> topics,
            Progress progress,
            Transformation transformation,
            DeadLetters deadLetters,
            MeterRegistry metrics) {
        this.clients = clients;
        this.name = name;
        this.pace = pace;
        this.topics = topics;
        this.progress = progress;
        this.transformation = transformation;
        this.deadLetters = deadLetters;
        this.workers = new Workers(name, parallelism);
        this.transformed = metrics.counter("evenroll.loop.transformed", "loop", name);
        this.deadLettered = metrics.counter("evenroll.loop.dead.letters", "loop", name);
        this.condition = new Condition(name, metrics);
        this.thread = new Thread(this::run, "loop-" + name);
    }

    public void start() {
        condition.started();
        running = true;
        thread.start();
    }

    /// Whether the loop has partitions (or its group has given them all to others) and no fault stands.
    public boolean ready() {
        return running && condition.problem().isEmpty() && thread.isAlive();
    }

    /// Whether its thread lives, as long as it should. A dead one only comes back with the process.
    public boolean alive() {
        return !running || thread.isAlive();
    }

    /// Why it is not ready, in words.
    public Optional<String> problem() {
        if (running && !thread.isAlive()) {
            return Optional.of("loop " + name + " has stopped; restart the service and see its log");
        }
        return condition.problem().map(words -> "loop " + name + " " + words);
    }

    @Override
    public void close() {
        running = false;
        closing.countDown();
        var consumer = openConsumer;
        if (consumer != null) {
            consumer.wakeup();
        }
        try {
            // A loop that was never started is closed too; joining its thread would throw.
            if (thread.getState() != Thread.State.NEW) {
                thread.join(CLOSE_LIMIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            workers.close();
        }
    }

    private static Clients clients(KafkaSettings settings, String name, Pace pace) {
        return new Clients() {
            @Override
            public Producer<String, byte[]> producer() {
                return new KafkaProducer<>(settings.transactionalProducer(name));
            }

            @Override
            public Consumer<String, byte[]> consumer() {
                var consumer = settings.consumer(name);
                consumer.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, pace.recordsAtOnce());
                return new KafkaConsumer<>(consumer);
            }
        };
    }

    private void run() {
        var backOff = FIRST_BACK_OFF;
        while (running) {
            var started = System.nanoTime();
            session();
            openConsumer = null;
            if (Duration.ofNanos(System.nanoTime() - started).compareTo(LONGEST_BACK_OFF) > 0) {
                backOff = FIRST_BACK_OFF;
            }
            pause(backOff.toNanos());
            backOff = backOff.multipliedBy(2).compareTo(LONGEST_BACK_OFF) > 0
                    ? LONGEST_BACK_OFF
                    : backOff.multipliedBy(2);
        }
    }

    /// From the opening of both clients until something is wrong.
    private void session() {
        // Told before the clients are closed: that takes as long as the broker does not answer.
        condition.during(() -> {
            try (var producer = clients.producer();
                    var consumer = clients.consumer()) {
                openConsumer = consumer;
                condition.during(() -> {
                    producer.initTransactions();
                    consumer.subscribe(topics, new LostPosition(name, consumer, progress));
                    loop(producer, consumer);
                });
            }
        });
    }

    private void loop(Producer<String, byte[]> producer, Consumer<String, byte[]> consumer) throws FaultException {
        while (running) {
            ConsumerRecords<String, byte[]> batch = consumer.poll(POLL);
            if (!batch.isEmpty()) {
                var begun = System.nanoTime();
                var records = commit(batch, producer, consumer);
                condition.is(Optional.empty());
                pause(pace.after(records).toNanos() - (System.nanoTime() - begun));
            } else {
                condition.is(Contact.whileIdle(consumer, condition.problem()));
            }
        }
    }

    /// @return how many records were transformed
    private int commit(
            ConsumerRecords<String, byte[]> batch, Producer<String, byte[]> producer, Consumer<String, byte[]> consumer)
            throws FaultException {
        // As of the first part: when partitions move while more is read, the broker refuses the offsets.
        var member = consumer.groupMetadata();
        var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
        var records = 0;
        var letters = 0;
        var begun = false;
        for (var part = batch; !part.isEmpty(); part = more(consumer, records)) {
            var results = workers.transform(part, this::marked, () -> running);
            // Not before: a producer that is closed with a transaction in which nothing was sent waits for 30 s.
            if (!begun && !results.isEmpty()) {
                producer.beginTransaction();
                begun = true;
            }
            for (ProducerRecord<String, byte[]> produced : results) {
                // A failed send fails the commit: the producer remembers it.
                var _ = producer.send(produced);
                letters += produced.topic().equals(deadLetters.topic()) ? 1 : 0;
            }
            offsets.putAll(part.nextOffsets());
            records += part.count();
        }
        if (!begun) {
            producer.beginTransaction();
        }
        producer.sendOffsetsToTransaction(offsets, member);
        producer.commitTransaction();
        transformed.increment(records);
        deadLettered.increment(letters);
        return records;
    }

    /// What belongs to the same transaction and is there already.
    private ConsumerRecords<String, byte[]> more(Consumer<String, byte[]> consumer, int records) {
        return records < pace.mostRecords() && pace.recordsAtOnce() < pace.mostRecords()
                ? consumer.poll(Duration.ZERO)
                : ConsumerRecords.empty();
    }

    private List<ProducerRecord<String, byte[]>> marked(ConsumerRecord<String, byte[]> consumed) throws FaultException {
        var results = transform(consumed);
        results.forEach(produced -> progress.mark(produced, consumed));
        return results;
    }

    private List<ProducerRecord<String, byte[]>> transform(ConsumerRecord<String, byte[]> consumed)
            throws FaultException {
        try {
            return transformation.apply(consumed);
        } catch (UndecodableException e) {
            LOG.atWarn()
                    .addKeyValue("loop", name)
                    .addKeyValue("topic", consumed.topic())
                    .addKeyValue("partition", consumed.partition())
                    .addKeyValue("offset", consumed.offset())
                    .addKeyValue("cause", e.getMessage())
                    .log("Record put aside as a dead letter");
            return List.of(deadLetters.record(consumed, String.valueOf(e.getMessage())));
        }
    }

    private void pause(long nanos) {
        if (nanos > 0) {
            try {
                var _ = closing.await(nanos, TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                running = false;
            }
        }
    }
}
