package dev.evenroll.kafka.loop;

import dev.evenroll.kafka.client.KafkaSettings;
import dev.evenroll.schemas.topic.Topic;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/// How far a loop has come in a partition, told by what it has written ([SourceHeader]).
///
/// The broker forgets the position of a consumer group that nobody has used for a week, or when somebody deletes it.
/// A loop that then began anew would do all its work a second time: the CA would issue every certificate again.
///
/// What follows from a record stands in the partition of the same number, since sources and outputs have the same keys
/// and as many partitions.
public final class Progress {

    /// Nothing is told: a loop that has lost its position begins anew, and may.
    public static final Progress UNTOLD = new Progress(
            () -> {
                throw new IllegalStateException("No output tells anything.");
            },
            List.of());

    private static final int FIRST_LOOK_BACK = 500;
    private static final Duration POLL = Duration.ofMillis(200);

    private final Supplier<Consumer<String, byte[]>> consumers;
    private final List<String> outputs;

    Progress(Supplier<Consumer<String, byte[]>> consumers, List<String> outputs) {
        this.consumers = consumers;
        this.outputs = List.copyOf(outputs);
    }

    /// Told by these topics, of which at least one gets a record for nearly every record read. What was put aside
    /// after the last of them is put aside once more.
    public static Progress toldBy(KafkaSettings settings, Topic... outputs) {
        return new Progress(
                () -> new KafkaConsumer<>(settings.reader()),
                List.of(outputs).stream()
                        .map(topic -> topic.name(settings.environment()))
                        .toList());
    }

    /// Whether an output tells how far the loop has come.
    boolean isTold() {
        return !outputs.isEmpty();
    }

    /// Says in what is written which record it was made of, where somebody will look for that.
    void mark(ProducerRecord<String, byte[]> made, ConsumerRecord<String, byte[]> of) {
        if (isTold()) {
            SourceHeader.write(made, of);
        }
    }

    /// The offset after the last record that was worked on; empty when nothing was.
    OptionalLong next(TopicPartition source) {
        if (!isTold()) {
            return OptionalLong.empty();
        }
        try (var consumer = consumers.get()) {
            return outputs.stream()
                    .map(output -> last(consumer, new TopicPartition(output, source.partition()), source))
                    .flatMapToLong(OptionalLong::stream)
                    .map(offset -> offset + 1)
                    .max();
        }
    }

    /// Looks from the end backwards, each time twice as far.
    private static OptionalLong last(Consumer<String, byte[]> consumer, TopicPartition output, TopicPartition source) {
        var partition = List.of(output);
        consumer.assign(partition);
        long beginning = consumer.beginningOffsets(partition).getOrDefault(output, 0L);
        long end = consumer.endOffsets(partition).getOrDefault(output, 0L);
        long lookBack = FIRST_LOOK_BACK;
        for (long to = end; to > beginning; lookBack *= 2) {
            long from = Math.max(beginning, to - lookBack);
            var found = lastBetween(consumer, output, from, to, source);
            if (found.isPresent()) {
                return found;
            }
            to = from;
        }
        return OptionalLong.empty();
    }

    private static OptionalLong lastBetween(
            Consumer<String, byte[]> consumer, TopicPartition output, long from, long to, TopicPartition source) {
        consumer.seek(output, from);
        var last = OptionalLong.empty();
        while (consumer.position(output) < to) {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                var offset = record.offset() < to ? SourceHeader.offset(record.headers(), source) : last;
                if (offset.isPresent()) {
                    last = OptionalLong.of(Math.max(offset.getAsLong(), last.orElse(0)));
                }
            }
        }
        return last;
    }
}
