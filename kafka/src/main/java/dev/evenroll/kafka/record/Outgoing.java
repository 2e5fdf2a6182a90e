package dev.evenroll.kafka.record;

import dev.evenroll.schemas.codec.Codec;
import dev.evenroll.schemas.topic.Topic;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Makes the producer record of an event: the topic and its record type go together, or it fails.
public final class Outgoing {

    private static final ConcurrentMap<Class<?>, Codec<?>> CODECS = new ConcurrentHashMap<>();

    private Outgoing() {}

    /// A record whose partition follows from its key.
    public static <T extends SpecificRecordBase> ProducerRecord<String, byte[]> to(
            Topic topic, String environment, String key, T event) {
        return new ProducerRecord<>(topic.name(environment), key, encode(topic, event));
    }

    /// A record for one partition, whatever its key: an answer to a reply address.
    public static <T extends SpecificRecordBase> ProducerRecord<String, byte[]> toPartition(
            Topic topic, String environment, int partition, String key, T event) {
        return new ProducerRecord<>(topic.name(environment), partition, key, encode(topic, event));
    }

    /// The value of a record on a topic: Avro, single-object encoding.
    ///
    /// @throws IllegalArgumentException when the topic does not carry such records
    @SuppressWarnings("unchecked") // the map pairs each class with its own codec
    public static <T extends SpecificRecordBase> byte[] encode(Topic topic, T event) {
        var type = (Class<T>) event.getClass();
        if (topic.record() != type) {
            throw new IllegalArgumentException("Topic " + topic.aggregateEvent() + " carries "
                    + topic.record().getSimpleName() + ", not " + type.getSimpleName() + ".");
        }
        return ((Codec<T>) CODECS.computeIfAbsent(type, any -> Codec.of(type))).encode(event);
    }
}
