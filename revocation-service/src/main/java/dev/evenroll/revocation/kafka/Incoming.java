package dev.evenroll.revocation.kafka;

import dev.evenroll.schemas.codec.Codec;
import dev.evenroll.schemas.codec.UndecodableException;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// What every record of a topic passes before its event counts: it decodes, and is of this environment. What does not
/// is
/// put aside.
///
/// @param environment the only one let through
/// @param environmentOf the one that an event says it is of
public record Incoming<T extends SpecificRecordBase>(
        Codec<T> type, String environment, Function<T, String> environmentOf, UnusableRecords unusable) {

    /// The event of a record; empty when it was put aside.
    public Optional<T> read(ConsumerRecord<String, byte[]> source) {
        T event;
        try {
            event = type.decode(source.value());
        } catch (UndecodableException e) {
            unusable.hostile(source, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
        if (environmentOf.apply(event).equals(environment)) {
            return Optional.of(event);
        }
        unusable.foreign(
                source,
                "The event belongs to environment " + environmentOf.apply(event) + ", not " + environment + ".");
        return Optional.empty();
    }
}
