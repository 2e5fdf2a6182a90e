package dev.evenroll.revocation.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.kafka.record.DeadLetters;
import dev.evenroll.kafka.record.Outgoing;
import dev.evenroll.kafka.record.SecurityEvents;
import dev.evenroll.pki.crl.CrlKind;
import dev.evenroll.revocation.MovableClock;
import dev.evenroll.revocation.TestAuthority;
import dev.evenroll.revocation.crl.Issuers;
import dev.evenroll.revocation.crl.PublishedCrl;
import dev.evenroll.revocation.crl.PublishedCrls;
import dev.evenroll.schemas.codec.Codec;
import dev.evenroll.schemas.codec.UndecodableException;
import dev.evenroll.schemas.event.CrlSigned;
import dev.evenroll.schemas.event.DeadLetter;
import dev.evenroll.schemas.topic.Principal;
import dev.evenroll.schemas.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class SignedCrlContentsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final String TOPIC = "test.crl.signed.v1";

    private final MovableClock clock = new MovableClock(NOW);
    private final TestAuthority authority = new TestAuthority(clock);
    private final PublishedCrls published = new PublishedCrls(Issuers.of(authority.issuer()), authority.addresses());
    private final List<ProducerRecord<String, byte[]>> aside = new ArrayList<>();
    private final SignedCrlContents contents = new SignedCrlContents(
            "test",
            published,
            new AsideRecords(
                    "CrlSigned",
                    new DeadLetters(Principal.REVOCATION_SERVICE, "test", clock),
                    new SecurityEvents(Principal.REVOCATION_SERVICE, "test", clock),
                    aside::add,
                    new SimpleMeterRegistry()));

    private CrlSigned.Builder signed(TestAuthority signer, long number) {
        var list = signer.signCrl(signer.list(number, NOW));
        return CrlSigned.newBuilder()
                .setEnvironment("test")
                .setOccurredAt(NOW)
                .setIssuerKeyId(authority.issuer().keyId())
                .setShard(0)
                .setCrlNumber(number)
                .setCrl(ByteBuffer.wrap(list.bytes()));
    }

    private static byte[] value(CrlSigned.Builder event) {
        return Outgoing.encode(Topics.CRL_SIGNED, event.build());
    }

    /// What stands on the topic.
    private void stands(byte[]... values) {
        for (int offset = 0; offset < values.length; offset++) {
            contents.take(new ConsumerRecord<>(TOPIC, 0, offset, "key", values[offset]));
        }
    }

    @Test
    void isCompleteOnlyAtTheEndAndThenTheNewestListIsServed() {
        stands(value(signed(authority, 1)), value(signed(authority, 2)));
        assertThat(published.complete()).isFalse();
        contents.knownAsOf(NOW);
        assertThat(published.complete()).isTrue();

        assertThat(published.find(published.shards().getFirst().complete()))
                .map(PublishedCrl::number)
                .contains(2L);
        assertThat(aside).isEmpty();
    }

    /// A list says itself until when it is good.
    @Test
    void aLostSessionTakesNoListAway() {
        stands(value(signed(authority, 1)));
        contents.knownAsOf(NOW);

        contents.lost();
        contents.clear();

        assertThat(published.complete()).isTrue();
        assertThat(published.find(published.shards().getFirst().complete())).isPresent();
    }

    @Test
    void aDeltaListIsServedBesideTheCompleteOne() {
        var delta = authority.signCrl(authority.list(new CrlKind.Delta(1), 2, NOW));
        stands(
                value(signed(authority, 2)),
                value(signed(authority, 2)
                        .setCrl(ByteBuffer.wrap(delta.bytes()))
                        .setBaseCrlNumber(1L)));

        var shard = published.shards().getFirst();
        assertThat(published.find(shard.delta()).map(PublishedCrl::der)).contains(delta);
        assertThat(published.find(shard.complete()).map(PublishedCrl::number)).contains(2L);
        assertThat(aside).isEmpty();
    }

    @Test
    void whatMayNotBeServedBecomesADeadLetter() {
        var stranger = new TestAuthority(clock);
        stands(
                value(signed(authority, 2)),
                value(signed(authority, 1)),
                value(signed(stranger, 3)),
                value(signed(authority, 4).setEnvironment("production")),
                new byte[] {1, 2, 3});

        assertThat(published.find(published.shards().getFirst().complete()))
                .map(PublishedCrl::number)
                .contains(2L);
        assertThat(aside)
                .filteredOn(record -> record.topic().equals("test.security.observed.v1"))
                .hasSize(4);
        assertThat(aside)
                .filteredOn(record -> record.topic().equals("test.revocation-service.dead-letter.v1"))
                .map(SignedCrlContentsTest::cause)
                .containsExactly(
                        "crlNumber: is 1, but number 2 of shard "
                                + published.shards().getFirst() + " is served",
                        "crl: the signature is not that of the CA with key id "
                                + authority.issuer().keyId(),
                        "The event belongs to environment production, not test.",
                        "The value is not a well-formed CrlSigned.");
    }

    private static String cause(ProducerRecord<String, byte[]> letter) {
        try {
            return Codec.of(DeadLetter.class).decode(letter.value()).getCause();
        } catch (UndecodableException e) {
            throw new AssertionError(e);
        }
    }
}
