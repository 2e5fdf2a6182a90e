package dev.evenroll.kafka.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.kafka.record.DeadLetters;
import dev.evenroll.schemas.codec.Codec;
import dev.evenroll.schemas.codec.UndecodableException;
import dev.evenroll.schemas.event.DeadLetter;
import dev.evenroll.schemas.topic.Principal;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The loop against Kafka's own mock clients: each session gets new ones, as after a reconnect.
class TransactionalLoopTest {

    private final Sessions sessions = new Sessions("one", "two");
    private final AtomicInteger attempts = new AtomicInteger();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private Progress progress = Progress.UNTOLD;
    private TransactionalLoop loop = loop(record -> List.of(shouted(record)));

    @AfterEach
    void stop() {
        loop.close();
    }

    @Test
    void outputAndProgressAreCommittedTogether() {
        start(record -> List.of(shouted(record)));
        await(() -> sessions.last().commitCount() == 1);
        assertThat(sessions.committedValues()).containsExactly("ONE", "TWO");
        assertThat(sessions.committedOffset()).isEqualTo(2);
        assertThat(loop.ready()).isTrue();
    }

    @Test
    void anUndecodableRecordBecomesADeadLetterInTheSameTransaction() throws UndecodableException {
        start(record -> {
            if (record.offset() == 0) {
                throw new UndecodableException("not a word");
            }
            return List.of(shouted(record));
        });
        await(() -> sessions.last().commitCount() == 1);
        var committed = sessions.last().history();
        assertThat(committed).extracting(ProducerRecord::topic).containsExactly("test.issuer.dead-letter.v1", "target");
        var letter = Codec.of(DeadLetter.class).decode(committed.getFirst().value());
        assertThat(letter.getCause()).isEqualTo("not a word");
        assertThat(letter.getSourceOffset()).isZero();
        assertThat(sessions.committedOffset()).isEqualTo(2);
        await(() -> deadLetters() == 1);
    }

    /// A transformation that decodes by itself puts aside by itself.
    @Test
    void whatTheTransformationPutsAsideIsCountedToo() {
        start(record -> List.of(new ProducerRecord<>("test.issuer.dead-letter.v1", record.key(), new byte[0])));
        await(() -> deadLetters() == 2);
    }

    @Test
    void aFaultCommitsNothingAndTheBatchIsReadAgain() {
        start(record -> {
            if (attempts.incrementAndGet() == 2) {
                throw new FaultException("The key does not answer.", new IllegalStateException("slow"));
            }
            return List.of(shouted(record));
        });
        await(() -> sessions.opened() == 2 && sessions.last().commitCount() == 1);
        assertThat(sessions.first().history()).isEmpty();
        assertThat(sessions.committedValues()).containsExactly("ONE", "TWO");
        assertThat(faults("fault")).isEqualTo(1);
    }

    /// The real producer waits for 30 s when it is closed with a transaction in which nothing was sent.
    @Test
    void aFaultBeforeAnythingIsWrittenLeavesNoTransactionToAbort() {
        start(record -> {
            throw new FaultException("The key does not answer.", new IllegalStateException("slow"));
        });
        await(() -> sessions.opened() == 2);
        assertThat(sessions.first().closed()).isTrue();
        assertThat(sessions.first().transactionInFlight()).isFalse();
    }

    /// They are not closed before the broker answers.
    @Test
    void aFaultIsToldBeforeTheClientsAreClosed() {
        var told = new AtomicReference<>("");
        sessions.whenClosed = () -> told.compareAndSet("", loop.problem().orElse("nothing"));
        start(record -> {
            throw new FaultException("The key does not answer.", new IllegalStateException("slow"));
        });
        await(() -> sessions.opened() == 2);
        assertThat(told).hasValue("loop shout can not go on: The key does not answer.");
    }

    @Test
    void whatLeadsToNothingIsCommittedToo() {
        start(record -> List.of());
        await(() -> sessions.last().commitCount() == 1);
        assertThat(sessions.committedOffset()).isEqualTo(2);
    }

    @Test
    void whileAFaultStandsTheLoopIsNotReadyAndSaysWhy() {
        start(record -> {
            throw new FaultException("The key does not answer.", new IllegalStateException("slow"));
        });
        await(() -> loop.problem().orElse("").contains("The key does not answer."));
        // Through several sessions, each of which begins with an empty poll, it never looks well.
        while (sessions.opened() < 3) {
            assertThat(loop.ready()).isFalse();
            Thread.onSpinWait();
        }
        assertThat(loop.problem()).hasValue("loop shout can not go on: The key does not answer.");
    }

    @Test
    void aFencedProducerIsReplaced() {
        sessions.failFirstWith(new ProducerFencedException("another instance took over"));
        start(record -> List.of(shouted(record)));
        await(() -> sessions.opened() == 2 && sessions.last().commitCount() == 1);
        assertThat(sessions.committedValues()).containsExactly("ONE", "TWO");
        assertThat(faults("session-lost")).isEqualTo(1);
    }

    /// Two that have the same name fence each other for ever.
    @Test
    void aFencedLoopSaysThatAnotherMayHaveItsName() {
        var told = new AtomicReference<>("");
        sessions.whenClosed = () -> told.compareAndSet("", loop.problem().orElse("nothing"));
        sessions.failFirstWith(new ProducerFencedException("another instance took over"));
        start(record -> List.of(shouted(record)));
        await(() -> sessions.opened() == 2);
        assertThat(told)
                .hasValue("loop shout lost its Kafka session: another instance took over (when this comes again and"
                        + " again, another process has the same evenroll.instance: give each replica one of its own)");
    }

    @Test
    void aBrokenInvariantCommitsNothing() {
        start(record -> {
            if (attempts.incrementAndGet() == 1) {
                throw new IllegalStateException("two certificates for one enrollment");
            }
            return List.of(shouted(record));
        });
        await(() -> sessions.opened() == 2 && sessions.last().commitCount() == 1);
        assertThat(sessions.first().history()).isEmpty();
        assertThat(sessions.committedValues()).containsExactly("ONE", "TWO");
        assertThat(faults("broken-invariant")).isEqualTo(1);
    }

    @Test
    void aFaultAmongSeveralAtATimeCommitsNothing() {
        sessions.keys = offset -> "key-" + offset;
        loop = loop(2, record -> {
            if (record.offset() == 1 && attempts.incrementAndGet() == 1) {
                throw new FaultException("The key does not answer.", new IllegalStateException("slow"));
            }
            return List.of(shouted(record));
        });
        loop.start();
        await(() -> sessions.opened() == 2 && sessions.last().commitCount() == 1);
        assertThat(sessions.first().history()).isEmpty();
        assertThat(sessions.committedValues()).containsExactly("ONE", "TWO");
        assertThat(sessions.committedOffset()).isEqualTo(2);
    }

    @Test
    void closedWhileItWorksItCommitsNothingOfTheBatch() throws InterruptedException {
        var atWork = new CountDownLatch(1);
        var closed = new CountDownLatch(1);
        var done = new AtomicInteger();
        // Both of one key: when the first has ended, the loop is not wanted any more.
        loop = loop(2, record -> {
            atWork.countDown();
            awaitUninterruptibly(closed);
            done.incrementAndGet();
            return List.of(shouted(record));
        });
        loop.start();
        assertThat(atWork.await(20, TimeUnit.SECONDS)).isTrue();
        var closing = Thread.ofPlatform().start(loop::close);
        await(() -> !loop.ready() && closing.getState() == Thread.State.TIMED_WAITING);
        closed.countDown();
        closing.join();
        assertThat(done).hasValue(1);
        assertThat(sessions.last().commitCount()).isZero();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        while (true) {
            try {
                latch.await();
                return;
            } catch (InterruptedException e) {
                // A signature in a token is not interrupted either.
            }
        }
    }

    @Test
    void aLoopWhoseGroupHasLostItsPositionGoesOnAfterWhatItHasWritten() {
        progress = new Progress(() -> written("source/0/0"), List.of("target"));
        start(record -> List.of(shouted(record)));
        await(() -> sessions.last().commitCount() == 1);
        assertThat(sessions.committedValues()).containsExactly("TWO");
        assertThat(sessions.committedOffset()).isEqualTo(2);
        assertThat(sessions.last()
                        .history()
                        .getFirst()
                        .headers()
                        .lastHeader(SourceHeader.NAME)
                        .value())
                .asString(StandardCharsets.US_ASCII)
                .isEqualTo("source/0/1");
    }

    @Test
    void aLoopWhosePositionIsNotToldIsNotReadyAndSaysWhy() {
        sessions.holdPositionsBack();
        start(record -> List.of(shouted(record)));
        await(() -> loop.problem()
                .orElse("")
                .equals("loop shout waits to be told its position in its topics; when that lasts for minutes, a"
                        + " transaction hangs: find and abort it with kafka-transactions.sh (KIP-664)"));
        assertThat(loop.ready()).isFalse();
    }

    @Test
    void aPositionThatTheGroupKnowsCounts() {
        sessions.commit(1);
        progress = new Progress(
                () -> {
                    throw new AssertionError("nobody has to look");
                },
                List.of("target"));
        start(record -> List.of(shouted(record)));
        await(() -> sessions.last().commitCount() == 1);
        assertThat(sessions.committedValues()).containsExactly("TWO");
    }

    /// What a reader of the topic that the loop writes finds there.
    private static Consumer<String, byte[]> written(String source) {
        var target = new TopicPartition("target", 0);
        var consumer = new MockConsumer<String, byte[]>("earliest");
        consumer.updateBeginningOffsets(Map.of(target, 0L));
        consumer.updateEndOffsets(Map.of(target, 1L));
        consumer.schedulePollTask(() -> {
            var record = new ConsumerRecord<>("target", 0, 0, "key", new byte[0]);
            record.headers().add(SourceHeader.NAME, source.getBytes(StandardCharsets.US_ASCII));
            consumer.addRecord(record);
        });
        return consumer;
    }

    @Test
    void aLoopThatWasNeverStartedIsClosedWithoutFuss() {
        loop.close();
        assertThat(loop.ready()).isFalse();
        assertThat(loop.alive()).isTrue();
        assertThat(loop.problem()).hasValue("loop shout is not started yet");
    }

    private double deadLetters() {
        return metrics.counter("evenroll.loop.dead.letters", "loop", "shout").count();
    }

    private double faults(String kind) {
        return metrics.counter("evenroll.loop.faults", "loop", "shout", "kind", kind)
                .count();
    }

    private void start(Transformation transformation) {
        loop = loop(transformation);
        loop.start();
    }

    private TransactionalLoop loop(Transformation transformation) {
        return loop(1, transformation);
    }

    private TransactionalLoop loop(int parallelism, Transformation transformation) {
        return new TransactionalLoop(
                sessions,
                "shout",
                Pace.WAITED_FOR,
                parallelism,
                List.of("source"),
                progress,
                transformation,
                new DeadLetters(Principal.ISSUER, "test", InstantSource.fixed(Instant.EPOCH)),
                metrics);
    }

    private static ProducerRecord<String, byte[]> shouted(ConsumerRecord<String, byte[]> record) {
        var word = new String(record.value(), StandardCharsets.UTF_8).toUpperCase(Locale.ROOT);
        return new ProducerRecord<>("target", record.key(), word.getBytes(StandardCharsets.UTF_8));
    }

    private static void await(BooleanSupplier condition) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(condition::getAsBoolean);
    }
}
