package dev.evenroll.revocation.streams;

import dev.evenroll.kafka.record.Outgoing;
import dev.evenroll.schemas.topic.Topic;
import org.apache.avro.specific.SpecificRecordBase;

/// An event on its way out of a processor, with the topic that it belongs to.
record Emission(Topic topic, SpecificRecordBase event) {

    byte[] value() {
        return Outgoing.encode(topic, event);
    }
}
