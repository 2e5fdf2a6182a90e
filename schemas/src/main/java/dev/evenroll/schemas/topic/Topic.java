package dev.evenroll.schemas.topic;

import java.util.List;
import org.apache.avro.specific.SpecificRecordBase;

/// One topic of the pipeline.
///
/// @param aggregateEvent name without environment and version: `<aggregate>.<past participle>`
/// @param key what the record key is, in words
/// @param partitions number of partitions; changing it later moves keys between partitions, so it needs a migration
/// @param cleanup what becomes of old records
/// @param largestRecordBytes Kafka `max.message.bytes`, and `max.decompressed.message.bytes`: what a record may be
///     when a reader has unpacked it
/// @param writers the only principals that may write
/// @param readers the principals that may read
/// @param record the Avro record it carries
/// @param about a sentence for the documentation
public record Topic(
        String aggregateEvent,
        String key,
        int partitions,
        Cleanup cleanup,
        int largestRecordBytes,
        List<Principal> writers,
        List<Principal> readers,
        Class<? extends SpecificRecordBase> record,
        String about) {

    public Topic {
        writers = List.copyOf(writers);
        readers = List.copyOf(readers);
    }

    /// Name on the broker: `<environment>.<aggregate>.<past participle>.v1`.
    public String name(String environment) {
        return environment + "." + aggregateEvent + ".v1";
    }
}
