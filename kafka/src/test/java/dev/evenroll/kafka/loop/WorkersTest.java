package dev.evenroll.kafka.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What is done at the same time, and what is not.
@Timeout(30)
class WorkersTest {

    private static final int FOUR = 4;
    private static final int ROUNDS = 300;
    private static final int MANY = 12;

    private final Workers workers = new Workers("test", FOUR);

    @AfterEach
    void stop() {
        workers.close();
    }

    @Test
    void allAreBusyAtOnce() throws Exception {
        // Each waits until four are at work: one by one it would never end.
        var four = new CyclicBarrier(FOUR);
        var results = workers.transform(
                records(3 * FOUR, 3 * FOUR),
                record -> {
                    await(four);
                    return List.of(answer(record));
                },
                () -> true);
        assertThat(results).hasSize(3 * FOUR);
    }

    @Test
    void resultsComeInTheOrderOfTheRecordsWhoeverIsFirst() throws Exception {
        var others = new CountDownLatch(9);
        var results = workers.transform(
                records(10, 10),
                record -> {
                    if (record.offset() == 0) {
                        await(others);
                    } else {
                        others.countDown();
                    }
                    return List.of(answer(record), answer(record));
                },
                () -> true);
        assertThat(results)
                .extracting(result -> new String(result.value(), StandardCharsets.UTF_8))
                .containsExactlyElementsOf(IntStream.range(0, 20)
                        .mapToObj(n -> Integer.toString(n / 2))
                        .toList());
    }

    @Test
    void thoseOfOneKeyAreDoneOneAfterTheOther() throws Exception {
        Map<String, AtomicInteger> atWork = new ConcurrentHashMap<>();
        Map<String, List<Long>> done = new ConcurrentHashMap<>();
        workers.transform(
                records(300, 7),
                record -> {
                    var mine = atWork.computeIfAbsent(record.key(), _ -> new AtomicInteger());
                    assertThat(mine.incrementAndGet()).isEqualTo(1);
                    Thread.onSpinWait();
                    done.computeIfAbsent(record.key(), _ -> new ArrayList<>()).add(record.offset());
                    mine.decrementAndGet();
                    return List.of();
                },
                () -> true);
        assertThat(done).hasSize(7);
        assertThat(done.values()).allSatisfy(offsets -> assertThat(offsets).isSorted());
    }

    @Test
    void afterAFaultNothingIsBegunAndWhatIsAtWorkIsWaitedFor() {
        var begun = new ConcurrentLinkedQueue<Long>();
        var three = new CountDownLatch(FOUR - 1);
        var faulty = new CompletableFuture<Thread>();
        var ended = new AtomicInteger();
        var fault = fault();
        assertThatThrownBy(() -> workers.transform(
                        records(100, 100),
                        record -> {
                            begun.add(record.offset());
                            if (record.offset() == 2) {
                                await(three);
                                faulty.complete(Thread.currentThread());
                                throw fault;
                            }
                            three.countDown();
                            // It has left what the others did not begin, and waits for more.
                            awaitIdle(faulty.join());
                            ended.incrementAndGet();
                            return List.of(answer(record));
                        },
                        () -> true))
                .isSameAs(fault);
        assertThat(begun).containsExactlyInAnyOrder(0L, 1L, 2L, 3L);
        assertThat(ended).hasValue(FOUR - 1);
    }

    /// Others end well at the very moment of the fault; whoever has had it begins nothing more all the same.
    @Test
    void aFaultIsNotForgottenWhenOthersEndWell() {
        var many = records(MANY, MANY);
        for (int round = 0; round < ROUNDS; round++) {
            var faulty = new AtomicReference<@Nullable Thread>();
            var begunAfterwards = new AtomicInteger();
            assertThatThrownBy(() -> workers.transform(
                            many,
                            record -> {
                                if (Thread.currentThread().equals(faulty.get())) {
                                    begunAfterwards.incrementAndGet();
                                } else if (record.offset() == 2) {
                                    faulty.set(Thread.currentThread());
                                    throw fault();
                                }
                                while (record.offset() < FOUR && faulty.get() == null) {
                                    Thread.onSpinWait();
                                }
                                return List.of();
                            },
                            () -> true))
                    .isInstanceOf(FaultException.class);
            assertThat(begunAfterwards).as("round " + round).hasValue(0);
        }
    }

    private static FaultException fault() {
        return new FaultException("The key does not answer.");
    }

    @Test
    void aBrokenInvariantIsThrownAsItIs() {
        assertThatThrownBy(() -> workers.transform(
                        records(10, 10),
                        record -> {
                            throw new IllegalStateException("two certificates for one enrollment");
                        },
                        () -> true))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("two certificates for one enrollment");
    }

    @Test
    void whatIsNotWantedAnyMoreIsLeft() {
        var wanted = new AtomicBoolean(true);
        var begun = new AtomicInteger();
        assertThatThrownBy(() -> workers.transform(
                        records(100, 100),
                        record -> {
                            begun.incrementAndGet();
                            wanted.set(false);
                            return List.of();
                        },
                        wanted::get))
                .isInstanceOf(WakeupException.class);
        assertThat(begun).hasValueLessThanOrEqualTo(FOUR);
    }

    @Test
    void aloneItWorksInTheOrderOfTheRecordsOnTheCallersThread() throws Exception {
        var done = new ArrayList<Long>();
        var caller = Thread.currentThread();
        try (var alone = new Workers("test", 1)) {
            alone.transform(
                    records(20, 3),
                    record -> {
                        assertThat(Thread.currentThread()).isSameAs(caller);
                        done.add(record.offset());
                        return List.of();
                    },
                    () -> true);
        }
        assertThat(done).hasSize(20).isSorted();
    }

    @Test
    void recordsWithoutAKeyAreALaneToo() throws Exception {
        var keyless = new ConsumerRecord<@org.jspecify.annotations.Nullable String, byte[]>(
                "source", 0, 0, null, new byte[0]);
        assertThat(workers.transform(List.of(keyless), record -> List.of(answer(record)), () -> true))
                .hasSize(1);
    }

    private static List<ConsumerRecord<String, byte[]>> records(int count, int keys) {
        return IntStream.range(0, count)
                .mapToObj(offset -> new ConsumerRecord<>("source", 0, offset, "device-" + offset % keys, new byte[0]))
                .toList();
    }

    private static ProducerRecord<String, byte[]> answer(ConsumerRecord<String, byte[]> record) {
        return new ProducerRecord<>(
                "target", record.key(), Long.toString(record.offset()).getBytes(StandardCharsets.UTF_8));
    }

    private static void awaitIdle(Thread thread) {
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("nobody else came", e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody else came");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
