package dev.evenroll.e2e.stack;

import dev.evenroll.schemas.codec.Codec;
import dev.evenroll.schemas.codec.UndecodableException;
import dev.evenroll.schemas.topic.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/// Looks into topics: everything that is committed on them.
///
/// @param clientProperties of a principal that may read them all
/// @param environment whose topics
public record Topicscope(Path clientProperties, String environment) {

    private static final Duration POLL = Duration.ofMillis(100);

    /// The records of a topic that a predicate selects, in the order of their partitions.
    public <T extends SpecificRecordBase> List<T> records(Topic topic, Class<T> type, Predicate<T> selected) {
        return decoded(topic, type, _ -> true).stream().filter(selected).toList();
    }

    /// The records of a topic at the places that a predicate selects, in the order of their partitions; what others
    /// hold need not be decodable.
    public <T extends SpecificRecordBase> List<T> decoded(
            Topic topic, Class<T> type, Predicate<ConsumerRecord<String, byte[]>> selected) {
        var codec = Codec.of(type);
        var found = new ArrayList<T>();
        for (var record : raw(topic.name(environment))) {
            if (!selected.test(record)) {
                continue;
            }
            try {
                found.add(codec.decode(record.value()));
            } catch (UndecodableException e) {
                throw new AssertionError(record.topic() + " holds an undecodable record: " + e.getMessage(), e);
            }
        }
        return found;
    }

    /// Number of committed records.
    public int count(Topic topic) {
        return raw(topic.name(environment)).size();
    }

    /// Every committed record of a topic, as bytes.
    public List<ConsumerRecord<String, byte[]>> raw(String topicName) {
        try (var consumer = new KafkaConsumer<String, byte[]>(settings())) {
            var partitions = consumer.partitionsFor(topicName).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            var found = new ArrayList<ConsumerRecord<String, byte[]>>();
            while (!reached(consumer, ends)) {
                consumer.poll(POLL).forEach(found::add);
            }
            return found;
        }
    }

    /// Names of all topics, the services' internal ones too.
    public List<String> names() {
        try (var consumer = new KafkaConsumer<String, byte[]>(settings())) {
            return List.copyOf(consumer.listTopics().keySet());
        }
    }

    private static boolean reached(KafkaConsumer<String, byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private Properties settings() {
        var settings = new Properties();
        try (var reader = Files.newBufferedReader(clientProperties)) {
            settings.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        settings.setProperty("isolation.level", "read_committed");
        settings.setProperty("fetch.max.wait.ms", "10");
        settings.setProperty("key.deserializer", StringDeserializer.class.getName());
        settings.setProperty("value.deserializer", ByteArrayDeserializer.class.getName());
        return settings;
    }
}
