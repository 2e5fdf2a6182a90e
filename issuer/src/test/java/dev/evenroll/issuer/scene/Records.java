package dev.evenroll.issuer.scene;

import dev.evenroll.hsm.scene.TestCa;
import dev.evenroll.kafka.record.Outgoing;
import dev.evenroll.schemas.codec.Codec;
import dev.evenroll.schemas.codec.UndecodableException;
import dev.evenroll.schemas.event.DeadLetter;
import dev.evenroll.schemas.event.SecurityObserved;
import dev.evenroll.schemas.topic.Principal;
import dev.evenroll.schemas.topic.Topic;
import dev.evenroll.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Kafka records of the test environment.
public final class Records {

    public static final Topic DEAD_LETTER = Topics.deadLetter(Principal.ISSUER);

    private Records() {}

    public static ConsumerRecord<String, byte[]> consumed(
            Topic topic, long offset, String key, SpecificRecordBase event) {
        return consumed(topic, offset, key, Outgoing.encode(topic, event));
    }

    public static ConsumerRecord<String, byte[]> consumed(Topic topic, long offset, String key, byte[] value) {
        return new ConsumerRecord<>(topic.name(TestCa.ENVIRONMENT), 0, offset, key, value);
    }

    /// Topics of the records, without environment and version, in order.
    public static List<String> topics(List<ProducerRecord<String, byte[]>> produced) {
        return produced.stream()
                .map(record ->
                        record.topic().replace(TestCa.ENVIRONMENT + ".", "").replace(".v1", ""))
                .toList();
    }

    private static Topic topic(ProducerRecord<String, byte[]> produced) {
        return Topics.all().stream()
                .filter(topic -> topic.name(TestCa.ENVIRONMENT).equals(produced.topic()))
                .findFirst()
                .orElseThrow();
    }

    /// How much of what its topic takes a record leaves free, in bytes.
    public static int room(ProducerRecord<String, byte[]> produced) {
        var keyBytes = produced.key() == null ? 0 : produced.key().getBytes(StandardCharsets.UTF_8).length;
        return topic(produced).largestRecordBytes() - keyBytes - produced.value().length;
    }

    public static <T extends SpecificRecordBase> T decoded(Class<T> type, ProducerRecord<String, byte[]> produced)
            throws UndecodableException {
        return Codec.of(type).decode(produced.value());
    }

    public static String cause(ProducerRecord<String, byte[]> deadLetter) throws UndecodableException {
        return decoded(DeadLetter.class, deadLetter).getCause();
    }

    public static SecurityObserved observed(ProducerRecord<String, byte[]> produced) throws UndecodableException {
        return decoded(SecurityObserved.class, produced);
    }
}
