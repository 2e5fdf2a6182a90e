package dev.evenroll.kafka.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenroll.schemas.codec.Codec;
import dev.evenroll.schemas.codec.UndecodableException;
import dev.evenroll.schemas.event.DeadLetter;
import dev.evenroll.schemas.event.SecurityObservation;
import dev.evenroll.schemas.event.SecurityObserved;
import dev.evenroll.schemas.topic.Principal;
import dev.evenroll.schemas.topic.Topics;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class OutgoingTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-22T10:00:00Z"));

    @Test
    void aSecurityObservationGoesToItsTopicUnderItsSubject() throws UndecodableException {
        var record = new SecurityEvents(Principal.ENROLL_GATEWAY, "test", CLOCK)
                .record(SecurityObservation.AUTHENTICATION_FAILED, "192.0.2.1", "No certificate.", Map.of());
        assertThat(record.topic()).isEqualTo("test.security.observed.v1");
        assertThat(record.key()).isEqualTo("192.0.2.1");
        var event = Codec.of(SecurityObserved.class).decode(record.value());
        assertThat(event.getService()).isEqualTo("enroll-gateway");
        assertThat(event.getOccurredAt()).isEqualTo(CLOCK.instant());
    }

    /// The broker limits what is compressed, not what it becomes: a hostile key or value can be larger than any topic
    /// takes.
    @Test
    void theDeadLetterOfAnOversizedRecordCanBeWritten() throws UndecodableException {
        var source = new ConsumerRecord<>("source", 0, 7, "k".repeat(6_000_000), new byte[20_000_000]);
        var record = new DeadLetters(Principal.AUDIT_SINK, "test", CLOCK).record(source, "Hostile.");
        assertThat(record.key()).hasSize(1024);
        assertThat(record.value()).hasSizeLessThan(4096);
        assertThat(Codec.of(DeadLetter.class).decode(record.value()).getCause())
                .isEqualTo("Hostile. The key of 6000000 bytes is not kept whole."
                        + " The value of 20000000 bytes is not kept whole.");
    }

    /// A hostile record can have as many mistakes as lines, each with a sentence of its own.
    @Test
    void aCauseOfAnyLengthCanBeWritten() throws UndecodableException {
        var source = new ConsumerRecord<>("source", 0, 7, "key", new byte[] {1});
        var record = new DeadLetters(Principal.ISSUER, "test", CLOCK).record(source, "Hostile. ".repeat(2_000_000));
        assertThat(Codec.of(DeadLetter.class).decode(record.value()).getCause())
                .hasSize(10_000)
                .startsWith("Hostile. Hostile. ")
                .endsWith("…");
    }

    @Test
    void anEventOfAnotherKindIsNotPutOnATopic() {
        var event = new SecurityEvents(Principal.ISSUER, "test", CLOCK)
                .of(SecurityObservation.OTHER, "subject", "message", Map.of());
        assertThatThrownBy(() -> Outgoing.to(Topics.CRL_SIGNED, "test", "key", event))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Topic crl.signed carries CrlSigned, not SecurityObserved.");
    }
}
