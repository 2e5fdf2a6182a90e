package dev.evenroll.audit.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.audit.SampleEvents;
import dev.evenroll.kafka.record.DeadLetters;
import dev.evenroll.kafka.record.Outgoing;
import dev.evenroll.kafka.record.SecurityEvents;
import dev.evenroll.schemas.codec.Codec;
import dev.evenroll.schemas.codec.UndecodableException;
import dev.evenroll.schemas.event.AuditRecorded;
import dev.evenroll.schemas.event.DeadLetter;
import dev.evenroll.schemas.event.SecurityObservation;
import dev.evenroll.schemas.topic.Principal;
import dev.evenroll.schemas.topic.Topic;
import dev.evenroll.schemas.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordingTest {

    private static final Path GOLDEN = Path.of("src/test/resources/audit-records.txt");
    private static final Instant NOW = SampleEvents.NOW.plus(Duration.ofSeconds(1));
    private static final String SINK_DEAD_LETTER = "test.audit-sink.dead-letter.v1";

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Recording recording =
            new Recording("test", () -> NOW, new DeadLetters(Principal.AUDIT_SINK, "test", () -> NOW), metrics);

    @SuppressWarnings("NullAway") // Kafka's types do not say that key and value may be missing
    private static ConsumerRecord<String, byte[]> record(Topic topic, @Nullable String key, byte @Nullable [] value) {
        return new ConsumerRecord<>(
                topic.name("test"),
                3,
                42,
                SampleEvents.NOW.toEpochMilli(),
                TimestampType.CREATE_TIME,
                0,
                0,
                key,
                value,
                new RecordHeaders(),
                Optional.empty());
    }

    private static <T extends SpecificRecordBase> T decode(Class<T> type, ProducerRecord<String, byte[]> written) {
        try {
            return Codec.of(type).decode(written.value());
        } catch (UndecodableException e) {
            throw new AssertionError(e);
        }
    }

    private AuditRecorded only(List<ProducerRecord<String, byte[]>> written) {
        assertThat(written).hasSize(1);
        return decode(AuditRecorded.class, written.getFirst());
    }

    /// What the audit log says of every kind of event, word for word.
    @Test
    void theRecordsAreAsCommitted() throws IOException {
        var text = new StringBuilder();
        for (var sample : SampleEvents.all()) {
            var audit = only(
                    recording.apply(record(sample.topic(), "key", Outgoing.encode(sample.topic(), sample.event()))));
            text.append(audit.getEvent()).append(' ').append(audit.getOutcome()).append('\n');
            text.append("  entity: ").append(audit.getEntity()).append('\n');
            text.append("  actor: ").append(audit.getActor()).append('\n');
            text.append("  message: ").append(audit.getMessage()).append('\n');
            text.append("  attributes: ")
                    .append(new TreeMap<>(audit.getAttributes()))
                    .append('\n');
        }
        if (Boolean.getBoolean("evenroll.regenerate")) {
            Files.writeString(GOLDEN, text);
        }
        assertThat(GOLDEN)
                .as("to write it anew: ./mvnw -pl audit-sink test -Devenroll.regenerate=true")
                .exists()
                .content()
                .isEqualTo(text.toString());
    }

    @Test
    void aRecordIsTiedToItsEvent() throws Exception {
        var sample = SampleEvents.all().getFirst();
        var value = Outgoing.encode(sample.topic(), sample.event());
        var written = recording.apply(record(sample.topic(), "D1", value));
        var audit = only(written);

        assertThat(written.getFirst().topic()).isEqualTo("test.audit.recorded.v1");
        assertThat(written.getFirst().key()).isEqualTo("D1");
        assertThat(audit.getEventId()).isEqualTo("test.device.commanded.v1/3/42");
        assertThat(audit.getEventSha256())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(value)));
        assertThat(audit.getOccurredAt()).isEqualTo(SampleEvents.NOW);
        assertThat(audit.getRecordedAt()).isEqualTo(NOW);
        assertThat(audit.getEnvironment()).isEqualTo("test");
        assertThat(metrics.counter("evenroll.audit.records", "event", "device.commanded", "outcome", "success")
                        .count())
                .isEqualTo(1);
    }

    /// Bodies of requests, keys, certificates and digests of tokens stay out: their digests are enough to find them.
    @Test
    void noRecordCarriesTheBytesOfARequest() {
        for (var sample : SampleEvents.all()) {
            var written = recording
                    .apply(record(sample.topic(), "key", Outgoing.encode(sample.topic(), sample.event())))
                    .getFirst();
            assertThat(decode(AuditRecorded.class, written).toString()).doesNotContain("secret", "f00df00d");
        }
    }

    @Test
    void hostileBytesOnEveryTopicAreRecordedAndPutAside() {
        var random = new Random(11);
        for (var sample : SampleEvents.all()) {
            var value = Outgoing.encode(sample.topic(), sample.event());
            for (int round = 0; round < 20; round++) {
                var written = recording.apply(
                        record(sample.topic(), "D1", Arrays.copyOf(value, random.nextInt(value.length))));

                assertPutAside(written, "record.undecodable", "observed");
            }
        }
    }

    @Test
    void mutatedBytesNeverStopTheLog() {
        var random = new Random(12);
        for (var sample : SampleEvents.all()) {
            var value = Outgoing.encode(sample.topic(), sample.event());
            for (int round = 0; round < 100; round++) {
                var hostile = value.clone();
                hostile[random.nextInt(hostile.length)] ^= (byte) (1 + random.nextInt(255));

                assertThat(recording.apply(record(sample.topic(), "D1", hostile)))
                        .hasSizeBetween(1, 2);
            }
        }
    }

    @Test
    void aTombstoneIsRecorded() {
        assertPutAside(
                recording.apply(record(Topics.CERTIFICATE_STATUS, "ab-01", null)), "record.undecodable", "observed");
    }

    @Test
    void aRecordWithoutAKeyIsRecordedUnderItsTopic() {
        var written = recording.apply(record(Topics.CERTIFICATE_STATUS, null, new byte[] {1}));

        assertThat(decode(AuditRecorded.class, written.getFirst()).getEntity()).isEqualTo("test.certificate.status.v1");
        assertThat(decode(DeadLetter.class, written.getLast()).getKey()).isNull();
    }

    @Test
    void anEventOfAnotherEnvironmentIsRefused() {
        var sample = SampleEvents.all().getFirst();
        var foreign = new Recording(
                "staging", () -> NOW, new DeadLetters(Principal.AUDIT_SINK, "staging", () -> NOW), metrics);
        var value = Outgoing.encode(sample.topic(), sample.event());
        var source = new ConsumerRecord<>("staging.device.commanded.v1", 0, 0, "D1", value);

        var written = foreign.apply(source);

        assertThat(decode(AuditRecorded.class, written.getFirst())).satisfies(audit -> {
            assertThat(audit.getEvent()).isEqualTo("record.foreign");
            assertThat(audit.getOutcome()).isEqualTo("refused");
            assertThat(audit.getMessage())
                    .isEqualTo("A record on topic staging.device.commanded.v1 can not be used: The event belongs"
                            + " to environment test, not staging.");
        });
        assertThat(written.getLast().topic()).isEqualTo("staging.audit-sink.dead-letter.v1");
    }

    /// Pins: a dead letter of a dead letter of the largest size would not fit on its topic and stop the
    /// loop.
    @Test
    void theValueOfAHugeRecordIsLeftOutOfItsDeadLetter() {
        var written = recording.apply(record(Topics.deadLetter(Principal.ISSUER), "D1", new byte[8 * 1024 * 1024 + 1]));

        var letter = decode(DeadLetter.class, written.getLast());
        assertThat(letter.getValue()).isNull();
        assertThat(letter.getCause()).endsWith(" The value of 8388609 bytes is not kept whole.");
    }

    /// Pins: the broker limits compressed sizes only, so a key or a text can be larger than the audit topic takes.
    @Test
    void oneRecordOfAnySizeDoesNotStopTheLog() {
        var huge = "x".repeat(6_000_000);
        var observed = new SecurityEvents(Principal.ENROLL_GATEWAY, "test", () -> NOW)
                .record(SecurityObservation.OTHER, huge, huge, Map.of("remoteAddress", huge));
        var ofHugeText = recording.apply(record(Topics.SECURITY_OBSERVED, huge, observed.value()));
        var ofHugeKey = recording.apply(record(Topics.deadLetter(Principal.ISSUER), huge, new byte[1]));

        assertThat(Stream.concat(ofHugeText.stream(), ofHugeKey.stream()))
                .hasSize(3)
                .allMatch(written -> written.key().length() + written.value().length < 100_000);
    }

    private static void assertPutAside(List<ProducerRecord<String, byte[]>> written, String event, String outcome) {
        assertThat(written).hasSize(2);
        var audit = decode(AuditRecorded.class, written.getFirst());
        assertThat(audit.getEvent()).isEqualTo(event);
        assertThat(audit.getOutcome()).isEqualTo(outcome);
        assertThat(audit.getMessage()).isNotBlank();
        assertThat(written.getLast().topic()).isEqualTo(SINK_DEAD_LETTER);
        assertThat(decode(DeadLetter.class, written.getLast()).getCause()).isNotBlank();
    }
}
