package dev.evenroll.validator.streams;

import dev.evenroll.schemas.codec.Codec;
import dev.evenroll.schemas.codec.UndecodableException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/// Avro at the edges of the topology.
final class Encoding {

    private static final Map<Class<?>, Codec<?>> CODECS = new ConcurrentHashMap<>();

    private Encoding() {}

    /// The value of an emission, for a topic.
    static byte[] encode(Emission emission) {
        return encode(emission.event());
    }

    static Serializer<Emission> emissions() {
        return (topic, emission) -> encode(emission);
    }

    /// Values of a store. Bytes of our own that can not be read are a broken invariant: the task fails.
    static <T extends SpecificRecordBase> Serde<T> store(Class<T> type) {
        var codec = Codec.of(type);
        return Serdes.serdeFrom((topic, record) -> record == null ? null : codec.encode(record), (topic, bytes) -> {
            try {
                return bytes == null ? null : codec.decode(bytes);
            } catch (UndecodableException e) {
                throw new SerializationException("The store behind " + topic + " holds an unreadable value.", e);
            }
        });
    }

    @SuppressWarnings("unchecked") // the map pairs each class with its own codec
    private static <T extends SpecificRecordBase> byte[] encode(T event) {
        var type = (Class<T>) event.getClass();
        return ((Codec<T>) CODECS.computeIfAbsent(type, any -> Codec.of(type))).encode(event);
    }
}
