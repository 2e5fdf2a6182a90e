package dev.evenroll.revocation.streams;

import dev.evenroll.kafka.record.DeadLetters;
import dev.evenroll.kafka.record.SecurityEvents;
import dev.evenroll.schemas.codec.Codec;
import dev.evenroll.schemas.codec.UndecodableException;
import dev.evenroll.schemas.event.SecurityObservation;
import dev.evenroll.schemas.topic.Principal;
import dev.evenroll.schemas.topic.Topics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/// The door of a processor: decodes the records of one source, and puts aside what can not be used. What is
/// put aside becomes a dead letter and a security observation, is counted, and does not stop the partition.
final class Intake<T extends SpecificRecordBase> {

    private static final Principal SERVICE = Principal.REVOCATION_SERVICE;
    private static final RecordMetadata UNKNOWN_PLACE = new RecordMetadata() {
        @Override
        public String topic() {
            return "unknown";
        }

        @Override
        public int partition() {
            return -1;
        }

        @Override
        public long offset() {
            return -1;
        }
    };

    private final Codec<T> codec;
    private final String environment;
    private final DeadLetters deadLetters;
    private final SecurityEvents securityEvents;
    private final Counter putAside;

    Intake(Class<T> type, String environment, InstantSource clock, MeterRegistry metrics) {
        this.codec = Codec.of(type);
        this.environment = environment;
        this.deadLetters = new DeadLetters(SERVICE, environment, clock);
        this.securityEvents = new SecurityEvents(SERVICE, environment, clock);
        this.putAside = metrics.counter("evenroll.dead.letters", "record", type.getSimpleName());
    }

    /// The event of this environment that the record carries; empty when there is none, and then it is put
    /// aside already.
    Optional<T> decode(Record<String, byte @Nullable []> source, ProcessorContext<String, Emission> context) {
        try {
            var event = codec.decode(source.value());
            var origin = String.valueOf(event.get("environment"));
            if (origin.equals(environment)) {
                return Optional.of(event);
            }
            putAside(
                    source,
                    context,
                    SecurityObservation.FOREIGN_ENVIRONMENT,
                    "The event belongs to environment " + origin + ", not " + environment + ".");
        } catch (UndecodableException e) {
            putAside(source, context, SecurityObservation.HOSTILE_RECORD, String.valueOf(e.getMessage()));
        }
        return Optional.empty();
    }

    /// Puts a record aside that was decoded but can not be used.
    ///
    /// @param cause why, in a sentence
    void refuse(Record<String, byte @Nullable []> source, ProcessorContext<String, Emission> context, String cause) {
        putAside(source, context, SecurityObservation.HOSTILE_RECORD, cause);
    }

    private void putAside(
            Record<String, byte @Nullable []> source,
            ProcessorContext<String, Emission> context,
            SecurityObservation observation,
            String cause) {
        putAside.increment();
        var place = context.recordMetadata().orElse(UNKNOWN_PLACE);
        @Nullable String key = source.key();
        var letter = deadLetters.of(
                place.topic(),
                place.partition(),
                place.offset(),
                key == null ? null : key.getBytes(StandardCharsets.UTF_8),
                source.value(),
                cause);
        context.forward(new Record<>(key, new Emission(Topics.deadLetter(SERVICE), letter), source.timestamp()));
        var subject = key == null ? place.topic() : key;
        var observed = securityEvents.of(
                observation,
                subject,
                cause,
                Map.of(
                        "topic", place.topic(),
                        "partition", Integer.toString(place.partition()),
                        "offset", Long.toString(place.offset())));
        context.forward(new Record<>(subject, new Emission(Topics.SECURITY_OBSERVED, observed), source.timestamp()));
    }
}
