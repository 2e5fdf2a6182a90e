package dev.evenroll.revocation.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.evenroll.pki.crl.CrlReason;
import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.revocation.inventory.OrderNotWrittenException;
import dev.evenroll.revocation.life.RevocationOrder;
import dev.evenroll.schemas.codec.Codec;
import dev.evenroll.schemas.event.RevocationReason;
import dev.evenroll.schemas.event.RevocationRequested;
import java.time.Instant;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class EventWriterTest {

    private static final RevocationOrder ORDER = new RevocationOrder(
            new CertificateId("ab12", "0a"), CrlReason.SUPERSEDED, "anna", Instant.parse("2026-11-22T10:00:00.123Z"));

    private static MockProducer<String, byte[]> producer(boolean confirms) {
        return new MockProducer<>(
                confirms, new RoundRobinPartitioner(), new StringSerializer(), new ByteArraySerializer());
    }

    @Test
    void anOrderIsWrittenUnderTheIdOfItsCertificate() throws Exception {
        var producer = producer(true);
        new EventWriter(producer, "test").write(ORDER);

        assertThat(producer.history()).singleElement().satisfies(written -> {
            assertThat(written.topic()).isEqualTo("test.revocation.requested.v1");
            assertThat(written.key()).isEqualTo("ab12-0a");
            assertThat(Codec.of(RevocationRequested.class).decode(written.value()))
                    .isEqualTo(RevocationRequested.newBuilder()
                            .setEnvironment("test")
                            .setOccurredAt(ORDER.orderedAt())
                            .setCertificateId("ab12-0a")
                            .setReason(RevocationReason.SUPERSEDED)
                            .setActor("anna")
                            .build());
        });
    }

    @Test
    void anOrderThatTheBrokerRefusesIsNotTakenForWritten() {
        var producer = producer(true);
        producer.sendException = new TopicAuthorizationException("no");

        assertThatExceptionOfType(OrderNotWrittenException.class)
                .isThrownBy(() -> new EventWriter(producer, "test").write(ORDER))
                .withMessage(
                        "The order is not known to be written: the broker did not confirm it. Order it again; twice is"
                                + " harmless.");
    }
}
