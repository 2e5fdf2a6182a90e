package dev.evenroll.revocation.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TopicReplicaTest {

    private static final String TOPIC = "test.device.registry.v1";
    private static final TopicPartition ZERO = new TopicPartition(TOPIC, 0);
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
    private final InstantSource clock = now::get;
    private final AtomicReference<Instant> knownAsOf = new AtomicReference<>(Instant.MIN);
    private final Set<String> contents = Collections.synchronizedSet(new HashSet<>());
    private final MockConsumer<String, byte[]> first = consumer();
    private final MockConsumer<String, byte[]> second = consumer();
    private final ArrayDeque<MockConsumer<String, byte[]>> consumers = new ArrayDeque<>(List.of(first, second));
    private final TopicReplica replica = new TopicReplica(consumers::removeFirst, TOPIC, new Keys(), new Seen(), clock);

    private final class Keys implements TopicReplica.Contents {
        @Override
        public void clear() {
            contents.clear();
        }

        @Override
        public void take(ConsumerRecord<String, byte[]> source) {
            contents.add(source.key());
        }
    }

    private final class Seen implements TopicReplica.Watch {
        @Override
        public void knownAsOf(Instant moment) {
            knownAsOf.set(moment);
        }

        @Override
        public void lost() {
            knownAsOf.set(Instant.MIN);
        }
    }

    private static MockConsumer<String, byte[]> consumer() {
        var consumer = new MockConsumer<String, byte[]>("earliest");
        consumer.updatePartitions(TOPIC, List.of(new PartitionInfo(TOPIC, 0, Node.noNode(), new Node[0], new Node[0])));
        consumer.updateBeginningOffsets(Map.of(ZERO, 0L));
        return consumer;
    }

    private static void deliver(MockConsumer<String, byte[]> consumer, long offset, String key) {
        consumer.schedulePollTask(() -> consumer.addRecord(new ConsumerRecord<>(TOPIC, 0, offset, key, new byte[0])));
    }

    private static void await(BooleanSupplier condition) {
        var deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private boolean known() {
        return knownAsOf.get().equals(now.get());
    }

    @AfterEach
    void stop() {
        replica.close();
    }

    @Test
    void anEmptyTopicIsKnownAtOnce() {
        first.updateEndOffsets(Map.of(ZERO, 0L));
        replica.start();

        await(this::known);
    }

    @Test
    void nothingIsKnownBeforeTheEndHasBeenRead() {
        first.updateEndOffsets(Map.of(ZERO, 2L));
        replica.start();
        deliver(first, 0, "SN-1");
        await(() -> contents.contains("SN-1"));
        assertThat(knownAsOf).hasValue(Instant.MIN);

        deliver(first, 1, "SN-2");

        await(this::known);
        assertThat(contents).containsExactlyInAnyOrder("SN-1", "SN-2");
    }

    @Test
    void whoFallsBehindKnowsThingsAsOfTheLastEndThatWasReached() {
        first.updateEndOffsets(Map.of(ZERO, 0L));
        replica.start();
        await(this::known);

        first.updateEndOffsets(Map.of(ZERO, 1L));
        now.set(NOW.plus(Duration.ofSeconds(16)));
        deliver(first, 0, "SN-1");
        await(this::known);
    }

    @Test
    void aLostSessionForgetsEverythingAndBeginsAnew() {
        first.updateEndOffsets(Map.of(ZERO, 1L));
        second.updateEndOffsets(Map.of(ZERO, 1L));
        replica.start();
        deliver(first, 0, "SN-1");
        await(this::known);

        first.setPollException(new KafkaException("lost"));
        await(() -> !known());
        assertThat(contents).isEmpty();

        deliver(second, 0, "SN-2");
        await(this::known);
        assertThat(contents).containsExactly("SN-2");
    }
}
