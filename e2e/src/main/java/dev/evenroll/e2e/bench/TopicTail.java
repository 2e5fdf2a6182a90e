package dev.evenroll.e2e.bench;

import dev.evenroll.kafka.client.KafkaSettings;
import dev.evenroll.schemas.codec.Codec;
import dev.evenroll.schemas.codec.UndecodableException;
import dev.evenroll.schemas.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/// The end of a topic: what is written there from now on, committed.
///
/// One thread reads it.
final class TopicTail<T extends SpecificRecordBase> implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(50);

    private final Topic topic;
    private final Codec<T> codec;
    private final KafkaConsumer<String, byte[]> consumer;

    /// @param reader may read the topic
    TopicTail(KafkaSettings reader, Topic topic, Class<T> type) {
        this.topic = topic;
        this.codec = Codec.of(type);
        this.consumer = new KafkaConsumer<>(reader.reader());
        startAtTheEnd(consumer, topic.name(reader.environment()));
    }

    /// Lets a consumer read all of a topic, from its present end on.
    static void startAtTheEnd(KafkaConsumer<String, byte[]> consumer, String topic) {
        var partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    /// What has come since the last time; waits a moment when nothing has.
    List<T> poll() {
        var events = new ArrayList<T>();
        for (var record : consumer.poll(POLL)) {
            try {
                events.add(codec.decode(record.value()));
            } catch (UndecodableException e) {
                throw new IllegalStateException(topic.aggregateEvent() + " holds something else: " + e.getMessage(), e);
            }
        }
        return events;
    }

    /// The next events, so many.
    ///
    /// @throws IllegalStateException when none comes for as long as `patience`
    List<T> next(int number, Duration patience) {
        var events = new ArrayList<T>();
        var last = System.nanoTime();
        while (events.size() < number) {
            var come = poll();
            events.addAll(come);
            if (!come.isEmpty()) {
                last = System.nanoTime();
            } else if (System.nanoTime() - last > patience.toNanos()) {
                throw new IllegalStateException(events.size() + " of " + number + " events have come on "
                        + topic.aggregateEvent() + ", and no more for " + patience.toSeconds()
                        + " s: see the logs of the services.");
            }
        }
        return events;
    }

    /// Reads on until nothing has come for so long.
    ///
    /// @return how long something came
    Duration awaitQuiet(Duration silence) {
        var begun = System.nanoTime();
        var last = begun;
        while (System.nanoTime() - last < silence.toNanos()) {
            if (!poll().isEmpty()) {
                last = System.nanoTime();
            }
        }
        return Duration.ofNanos(last - begun);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
