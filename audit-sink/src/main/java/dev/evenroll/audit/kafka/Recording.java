package dev.evenroll.audit.kafka;

import dev.evenroll.audit.codec.EventReader;
import dev.evenroll.audit.codec.EventReaders;
import dev.evenroll.audit.log.AuditFact;
import dev.evenroll.audit.log.Outcome;
import dev.evenroll.kafka.loop.Transformation;
import dev.evenroll.kafka.record.DeadLetters;
import dev.evenroll.kafka.record.Outgoing;
import dev.evenroll.schemas.codec.UndecodableException;
import dev.evenroll.schemas.event.AuditRecorded;
import dev.evenroll.schemas.topic.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/// Makes the audit record of each record on each topic. What can not be decoded, and what belongs to
/// another environment, is recorded too, and put aside.
///
/// The same record gives the same audit record, but for the time of recording.
public final class Recording implements Transformation {

    private static final int LONGEST_TEXT = 4096;
    private static final int MOST_ATTRIBUTES = 64;

    private static final String METER = "evenroll.audit.records";

    private final String environment;
    private final InstantSource clock;
    private final DeadLetters deadLetters;
    private final MeterRegistry metrics;
    private final Map<String, EventReader<?>> readers;

    public Recording(String environment, InstantSource clock, DeadLetters deadLetters, MeterRegistry metrics) {
        this.environment = environment;
        this.clock = clock;
        this.deadLetters = deadLetters;
        this.metrics = metrics;
        this.readers = EventReaders.all().stream()
                .collect(Collectors.toMap(reader -> reader.topic().name(environment), Function.identity()));
    }

    @Override
    public List<ProducerRecord<String, byte[]>> apply(ConsumerRecord<String, byte[]> source) {
        var reader = readers.get(source.topic());
        if (reader == null) {
            throw new IllegalStateException("Topic " + source.topic() + " was subscribed to, but has no translation.");
        }
        try {
            var told = reader.read(source.value());
            return told.environment().equals(environment)
                    ? List.of(audit(source, told.occurredAt(), told.fact()))
                    : foreign(source, told.environment());
        } catch (UndecodableException e) {
            return putAside(source, "record.undecodable", Outcome.OBSERVED, String.valueOf(e.getMessage()));
        }
    }

    private List<ProducerRecord<String, byte[]>> foreign(ConsumerRecord<String, byte[]> source, String origin) {
        return putAside(
                source,
                "record.foreign",
                Outcome.REFUSED,
                "The event belongs to environment " + origin + ", not " + environment + ".");
    }

    private List<ProducerRecord<String, byte[]>> putAside(
            ConsumerRecord<String, byte[]> source, String event, Outcome outcome, String cause) {
        @Nullable String key = DeadLetters.key(source.key());
        var fact = new AuditFact(
                event,
                key == null ? source.topic() : key,
                "unknown",
                outcome,
                "A record on topic " + source.topic() + " can not be used: " + cause,
                Map.of("topic", source.topic()));
        return List.of(audit(source, Instant.ofEpochMilli(source.timestamp()), fact), deadLetter(source, cause));
    }

    private ProducerRecord<String, byte[]> audit(
            ConsumerRecord<String, byte[]> source, Instant occurredAt, AuditFact fact) {
        metrics.counter(METER, "event", fact.event(), "outcome", fact.outcome().text())
                .increment();
        var recorded = AuditRecorded.newBuilder()
                .setEnvironment(environment)
                .setOccurredAt(occurredAt)
                .setRecordedAt(clock.instant())
                .setEventId(source.topic() + "/" + source.partition() + "/" + source.offset())
                .setEvent(fact.event())
                .setEntity(cut(fact.entity()))
                .setActor(cut(fact.actor()))
                .setOutcome(fact.outcome().text())
                .setMessage(cut(fact.message()))
                .setAttributes(cut(fact.attributes()))
                .setEventSha256(sha256(source.value()))
                .build();
        return Outgoing.to(Topics.AUDIT_RECORDED, environment, cut(fact.entity()), recorded);
    }

    /// What a service was made to say at length is cut: one hostile record must not stop the audit log.
    private static String cut(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
    }

    private static Map<String, String> cut(Map<String, String> attributes) {
        return attributes.entrySet().stream()
                .limit(MOST_ATTRIBUTES)
                .collect(Collectors.toMap(
                        entry -> cut(entry.getKey()), entry -> cut(entry.getValue()), (first, same) -> first));
    }

    private ProducerRecord<String, byte[]> deadLetter(ConsumerRecord<String, byte[]> source, String cause) {
        return deadLetters.record(source, cause);
    }

    /// A tombstone has no bytes: the digest of nothing.
    private static String sha256(byte @Nullable [] value) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(value == null ? new byte[0] : value));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing from this JDK; run on a complete JDK 25", e);
        }
    }
}
