package dev.evenroll.kafka.loop;

import dev.evenroll.schemas.codec.UndecodableException;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/// What a loop makes of one record. Called by as many threads at a time as the loop's parallelism says, but never by
/// two for one key; may be called again for a record whose transaction did not commit, and must then be harmless.
@FunctionalInterface
public interface Transformation {

    /// The records that follow from one record; they become visible together with the progress of the loop, or not at
    /// all.
    ///
    /// @throws UndecodableException when the record can not be used: it becomes a dead letter
    /// @throws FaultException when it could not be done now: the batch is read again after a back-off
    List<ProducerRecord<String, byte[]>> apply(ConsumerRecord<String, byte[]> record)
            throws UndecodableException, FaultException;
}
