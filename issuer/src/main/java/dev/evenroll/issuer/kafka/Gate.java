package dev.evenroll.issuer.kafka;

import dev.evenroll.kafka.loop.FaultException;
import dev.evenroll.kafka.loop.Transformation;
import dev.evenroll.schemas.codec.Codec;
import dev.evenroll.schemas.codec.UndecodableException;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/// What every record passes before a step of the issuer sees it: it decodes, is of this environment, and
/// stands under its own key, which is no longer than any of ours: what is written about a record repeats its key.
///
/// A record that does not pass is put aside; it can not stop the loop.
///
/// @param type what stands on the topic
/// @param environment the only environment let through
/// @param environmentOf environment that the event says it is of
/// @param keyOf key that the event should stand under
/// @param step what is done with what passes
record Gate<T extends SpecificRecordBase>(
        Codec<T> type,
        String environment,
        Function<T, String> environmentOf,
        Function<T, String> keyOf,
        PutAside aside,
        Step<T> step)
        implements Transformation {

    /// Of a device id, or of a key id with a shard.
    private static final int LONGEST_KEY = 128;

    /// What is done with an event that passed.
    @FunctionalInterface
    interface Step<T> {
        List<ProducerRecord<String, byte[]>> apply(ConsumerRecord<String, byte[]> source, T event)
                throws FaultException;
    }

    @Override
    public List<ProducerRecord<String, byte[]>> apply(ConsumerRecord<String, byte[]> record) throws FaultException {
        T event;
        try {
            event = type.decode(record.value());
        } catch (UndecodableException e) {
            return aside.hostile(record, String.valueOf(e.getMessage()));
        }
        if (!environmentOf.apply(event).equals(environment)) {
            return aside.foreign(record, environmentOf.apply(event));
        }
        if (!Objects.equals(record.key(), keyOf.apply(event))) {
            return aside.hostile(
                    record,
                    "The key of the record is not that of the event inside, \""
                            + Findings.abbreviated(keyOf.apply(event), 200)
                            + "\"; find out who wrote it.");
        }
        if (keyOf.apply(event).length() > LONGEST_KEY) {
            return aside.hostile(
                    record,
                    "The key of the record has " + keyOf.apply(event).length()
                            + " characters, and none of ours has more" + " than " + LONGEST_KEY
                            + "; find out who wrote it.");
        }
        return step.apply(record, event);
    }
}
