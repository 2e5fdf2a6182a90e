package dev.evenroll.validator.streams;

import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/// An event on its way out of a processor.
///
/// @param sink name of the node it leaves through: one of [Sinks]
/// @param key record key; null only in a dead letter whose source had none
/// @param event the event
/// @param partition partition of the topic; [#BY_KEY] when it follows from the key
record Emission(String sink, @Nullable String key, SpecificRecordBase event, int partition) {

    static final int BY_KEY = -1;

    static Emission to(String sink, @Nullable String key, SpecificRecordBase event) {
        return new Emission(sink, key, event, BY_KEY);
    }
}
