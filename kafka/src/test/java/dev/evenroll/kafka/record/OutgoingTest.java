package dev.evenroll.kafka.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenroll.schemas.codec.Codec;
import dev.evenroll.schemas.codec.UndecodableException;
import dev.evenroll.schemas.event.SecurityObservation;
import dev.evenroll.schemas.event.SecurityObserved;
import dev.evenroll.schemas.topic.Principal;
import dev.evenroll.schemas.topic.Topics;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
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

    @Test
    void anEventOfAnotherKindIsNotPutOnATopic() {
        var event = new SecurityEvents(Principal.ISSUER, "test", CLOCK)
                .of(SecurityObservation.OTHER, "subject", "message", Map.of());
        assertThatThrownBy(() -> Outgoing.to(Topics.CRL_SIGNED, "test", "key", event))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Topic crl.signed carries CrlSigned, not SecurityObserved.");
    }
}
