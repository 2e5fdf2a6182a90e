package dev.evenroll.kafka.loop;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntFunction;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// Mock clients, new ones for each session; every session finds the same uncommitted records.
final class Sessions implements TransactionalLoop.Clients {

    private static final TopicPartition SOURCE = new TopicPartition("source", 0);

    private final List<String> words;
    volatile IntFunction<String> keys = _ -> "key";
    private final List<MockProducer<String, byte[]>> producers = new CopyOnWriteArrayList<>();
    private volatile RuntimeException firstFailure = new IllegalStateException("none");
    private volatile boolean failing;
    private volatile long committed = -1;
    private volatile boolean heldBack;
    volatile Runnable whenClosed = () -> {};

    Sessions(String... words) {
        this.words = List.of(words);
    }

    void failFirstWith(RuntimeException failure) {
        firstFailure = failure;
        failing = true;
    }

    /// The broker answers no question for a position.
    void holdPositionsBack() {
        heldBack = true;
    }

    /// The group has read so far before.
    void commit(long offset) {
        committed = offset;
    }

    @Override
    public Producer<String, byte[]> producer() {
        var producer = new MockProducer<String, byte[]>(true, null, new StringSerializer(), new ByteArraySerializer()) {
            @Override
            public void close() {
                whenClosed.run();
                super.close();
            }
        };
        if (producers.isEmpty() && failing) {
            producer.commitTransactionException = firstFailure;
        }
        producers.add(producer);
        return producer;
    }

    @Override
    public Consumer<String, byte[]> consumer() {
        var consumer = new MockConsumer<String, byte[]>("earliest") {
            @Override
            public synchronized Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions) {
                return committed < 0 ? Map.of() : Map.of(SOURCE, new OffsetAndMetadata(committed));
            }

            @Override
            public synchronized OptionalLong currentLag(TopicPartition partition) {
                return heldBack ? OptionalLong.empty() : super.currentLag(partition);
            }
        };
        consumer.updateBeginningOffsets(Map.of(SOURCE, 0L));
        consumer.updateEndOffsets(Map.of(SOURCE, (long) words.size()));
        consumer.schedulePollTask(() -> {
            consumer.rebalance(List.of(SOURCE));
            if (committed >= 0) {
                consumer.seek(SOURCE, committed);
            }
        });
        consumer.schedulePollTask(() -> {
            for (var offset = heldBack ? words.size() : 0; offset < words.size(); offset++) {
                consumer.addRecord(new ConsumerRecord<>(
                        SOURCE.topic(),
                        0,
                        offset,
                        keys.apply(offset),
                        words.get(offset).getBytes(StandardCharsets.UTF_8)));
            }
        });
        return consumer;
    }

    int opened() {
        return producers.size();
    }

    MockProducer<String, byte[]> first() {
        return producers.getFirst();
    }

    MockProducer<String, byte[]> last() {
        return producers.isEmpty() ? new MockProducer<>() : producers.getLast();
    }

    List<String> committedValues() {
        return last().history().stream()
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .toList();
    }

    long committedOffset() {
        return last().consumerGroupOffsetsHistory().getLast().values().stream()
                .flatMap(offsets -> offsets.values().stream())
                .mapToLong(OffsetAndMetadata::offset)
                .sum();
    }
}
