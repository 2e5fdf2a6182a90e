package dev.evenroll.revocation.streams;

import dev.evenroll.schemas.topic.Topic;
import org.apache.avro.specific.SpecificRecordBase;

/// An event on its way out of a processor, with where it goes.
record Emission(Route route, SpecificRecordBase event) {

    /// To a topic that others read.
    Emission(Topic topic, SpecificRecordBase event) {
        this(new Route.Published(topic), event);
    }

    byte[] value() {
        return route.encode(event);
    }
}
