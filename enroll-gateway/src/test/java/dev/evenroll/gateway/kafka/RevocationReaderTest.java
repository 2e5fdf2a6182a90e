package dev.evenroll.gateway.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.gateway.TestTrust;
import dev.evenroll.gateway.authentication.RevokedCertificates;
import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.schemas.codec.Codec;
import dev.evenroll.schemas.event.CertificateRevoked;
import dev.evenroll.schemas.event.DeadLetter;
import dev.evenroll.schemas.event.RevocationReason;
import dev.evenroll.schemas.topic.Principal;
import dev.evenroll.schemas.topic.Topics;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RevocationReaderTest {

    private static final String TOPIC = "test.certificate.revoked.v1";
    private static final TopicPartition ZERO = new TopicPartition(TOPIC, 0);
    private static final CertificateId ID = new CertificateId("aabb", "01");
    private static final CertificateId OTHER = new CertificateId("aabb", "02");

    private final KafkaFixture fixture = new KafkaFixture(true);
    private final RevokedCertificates revoked = new RevokedCertificates();
    private final MockConsumer<String, byte[]> first = consumer();
    private final MockConsumer<String, byte[]> second = consumer();
    private final ArrayDeque<MockConsumer<String, byte[]>> consumers = new ArrayDeque<>(List.of(first, second));
    private final RevocationReader reader =
            new RevocationReader(consumers::removeFirst, KafkaFixture.ENVIRONMENT, revoked, fixture.producer);

    @AfterEach
    void stop() {
        reader.close();
        fixture.close();
    }

    @Test
    void anEmptyTopicIsComplete() {
        first.updateEndOffsets(Map.of(ZERO, 0L));
        reader.start();

        KafkaFixture.await(revoked::complete);
        assertThat(revoked.size()).isZero();
    }

    @Test
    void itIsCompleteWhenTheEndHasBeenReadAndNotBefore() {
        first.updateEndOffsets(Map.of(ZERO, 2L));
        reader.start();
        deliver(first, 0, ID.value(), encode("test", ID));
        KafkaFixture.await(() -> revoked.contains(ID));
        assertThat(revoked.complete()).isFalse();

        deliver(first, 1, OTHER.value(), encode("test", OTHER));

        KafkaFixture.await(revoked::complete);
        assertThat(revoked.contains(OTHER)).isTrue();
    }

    @Test
    void whatIsRevokedLaterIsEnteredToo() {
        first.updateEndOffsets(Map.of(ZERO, 0L));
        reader.start();
        KafkaFixture.await(revoked::complete);

        deliver(first, 0, ID.value(), encode("test", ID));

        KafkaFixture.await(() -> revoked.contains(ID));
    }

    @Test
    void aHoldRefusesUntilItsRelease() {
        first.updateEndOffsets(Map.of(ZERO, 0L));
        reader.start();
        KafkaFixture.await(revoked::complete);

        deliver(first, 0, ID.value(), encode("test", ID, RevocationReason.CERTIFICATE_HOLD));
        KafkaFixture.await(() -> revoked.contains(ID));
        deliver(first, 1, ID.value(), encode("test", ID, RevocationReason.REMOVE_FROM_CRL));
        KafkaFixture.await(() -> !revoked.contains(ID));
        deliver(first, 2, ID.value(), encode("test", ID, RevocationReason.CERTIFICATE_HOLD));
        KafkaFixture.await(() -> revoked.contains(ID));
    }

    /// Pins a mended mistake: the second reading met the revocation of the first, and put the release aside.
    @Test
    void whatIsReadAnewIsReadFromTheBeginning() {
        first.updateEndOffsets(Map.of(ZERO, 3L));
        second.updateEndOffsets(Map.of(ZERO, 3L));
        for (var consumer : List.of(first, second)) {
            deliver(consumer, 0, ID.value(), encode("test", ID, RevocationReason.CERTIFICATE_HOLD));
            deliver(consumer, 1, ID.value(), encode("test", ID, RevocationReason.REMOVE_FROM_CRL));
            deliver(consumer, 2, ID.value(), encode("test", ID));
        }
        reader.start();
        KafkaFixture.await(revoked::complete);
        first.schedulePollTask(() -> first.setPollException(new KafkaException("broker gone")));
        KafkaFixture.await(() -> !revoked.complete());
        KafkaFixture.await(revoked::complete);

        assertThat(revoked.contains(ID)).isTrue();
        assertThat(revoked.size()).isEqualTo(1);
        assertThat(fixture.written(Topics.deadLetter(Principal.ENROLL_GATEWAY), DeadLetter.class, 0))
                .isEmpty();
    }

    @Test
    void whatIsRevokedForEverIsNotReleased() {
        first.updateEndOffsets(Map.of(ZERO, 2L));
        reader.start();
        deliver(first, 0, ID.value(), encode("test", ID));
        deliver(first, 1, ID.value(), encode("test", ID, RevocationReason.REMOVE_FROM_CRL));

        assertThat(fixture.written(Topics.deadLetter(Principal.ENROLL_GATEWAY), DeadLetter.class, 1))
                .extracting(DeadLetter::getCause)
                .containsExactly("A certificate that is revoked for ever can not be released.");
        assertThat(revoked.contains(ID)).isTrue();
    }

    @Test
    void aRecordThatCanNotBeDecodedRevokesWhatItsKeyNamesAndIsPutAside() {
        first.updateEndOffsets(Map.of(ZERO, 2L));
        reader.start();
        deliver(first, 0, ID.value(), new byte[] {1});
        deliver(first, 1, "no certificate", new byte[] {1});

        KafkaFixture.await(revoked::complete);
        assertThat(revoked.contains(ID)).isTrue();
        assertThat(revoked.size()).isEqualTo(1);
        assertThat(fixture.written(Topics.deadLetter(Principal.ENROLL_GATEWAY), DeadLetter.class, 2))
                .hasSize(2);
    }

    @Test
    void aRevocationOfAnotherEnvironmentIsPutAside() {
        first.updateEndOffsets(Map.of(ZERO, 1L));
        reader.start();
        deliver(first, 0, ID.value(), encode("production", ID));

        assertThat(fixture.written(Topics.deadLetter(Principal.ENROLL_GATEWAY), DeadLetter.class, 1))
                .extracting(DeadLetter::getCause)
                .containsExactly("The revocation is of another environment.");
        assertThat(revoked.contains(ID)).isFalse();
    }

    @Test
    void aLostSessionMakesItIncompleteUntilAllHasBeenReadAgain() {
        first.updateEndOffsets(Map.of(ZERO, 0L));
        second.updateEndOffsets(Map.of(ZERO, 1L));
        reader.start();
        KafkaFixture.await(revoked::complete);

        first.schedulePollTask(() -> first.setPollException(new KafkaException("broker gone")));
        KafkaFixture.await(() -> !revoked.complete());
        deliver(second, 0, ID.value(), encode("test", ID));

        KafkaFixture.await(revoked::complete);
        assertThat(revoked.contains(ID)).isTrue();
    }

    private static void deliver(MockConsumer<String, byte[]> consumer, long offset, String key, byte[] value) {
        consumer.schedulePollTask(() -> consumer.addRecord(new ConsumerRecord<>(TOPIC, 0, offset, key, value)));
    }

    private static byte[] encode(String environment, CertificateId id) {
        return encode(environment, id, RevocationReason.KEY_COMPROMISE);
    }

    private static byte[] encode(String environment, CertificateId id, RevocationReason reason) {
        return Codec.of(CertificateRevoked.class)
                .encode(CertificateRevoked.newBuilder()
                        .setEnvironment(environment)
                        .setOccurredAt(TestTrust.NOW)
                        .setCertificateId(id.value())
                        .setDeviceId("SN-1")
                        .setReason(reason)
                        .setActor("somebody")
                        .setNotAfter(TestTrust.NOW)
                        .build());
    }

    private static MockConsumer<String, byte[]> consumer() {
        var consumer = new MockConsumer<String, byte[]>("earliest");
        consumer.updateBeginningOffsets(Map.of(ZERO, 0L));
        consumer.updatePartitions(TOPIC, List.of(new PartitionInfo(TOPIC, 0, Node.noNode(), new Node[0], new Node[0])));
        return consumer;
    }
}
