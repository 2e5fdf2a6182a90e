package dev.evenroll.audit.codec;

import dev.evenroll.audit.log.AuditFact;
import dev.evenroll.schemas.codec.Codec;
import dev.evenroll.schemas.codec.UndecodableException;
import dev.evenroll.schemas.topic.Topic;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/// Reads the events of one topic as facts of the audit log.
public final class EventReader<T extends SpecificRecordBase> {

    private final Topic topic;
    private final Codec<T> codec;
    private final Translation<T> translation;

    private EventReader(Topic topic, Codec<T> codec, Translation<T> translation) {
        this.topic = topic;
        this.codec = codec;
        this.translation = translation;
    }

    /// What the value of a record says.
    ///
    /// @param environment environment that the event belongs to
    /// @param occurredAt when it happened, by the clock of the service that wrote it
    public record Told(String environment, Instant occurredAt, AuditFact fact) {}

    static <T extends SpecificRecordBase> EventReader<T> of(Topic topic, Class<T> type, Translation<T> translation) {
        if (topic.record() != type) {
            throw new IllegalArgumentException("Topic " + topic.aggregateEvent() + " carries "
                    + topic.record().getSimpleName() + ", not " + type.getSimpleName() + ".");
        }
        return new EventReader<>(topic, Codec.of(type), translation);
    }

    /// The topic that it reads.
    public Topic topic() {
        return topic;
    }

    /// Reads a value.
    ///
    /// @throws UndecodableException when it is no event of the topic, with the reason
    public Told read(byte @Nullable [] value) throws UndecodableException {
        var event = codec.decode(value);
        var environment = String.valueOf(event.get("environment"));
        return new Told(environment, (Instant) event.get("occurredAt"), translation.tell(event));
    }
}
