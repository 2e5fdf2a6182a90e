package dev.evenroll.issuer.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.evenroll.hsm.scene.FakeIssuingKey;
import dev.evenroll.hsm.scene.TestCa;
import dev.evenroll.issuer.crl.CrlIssuer;
import dev.evenroll.issuer.scene.Records;
import dev.evenroll.issuer.scene.TestAuthorities;
import dev.evenroll.issuer.scene.TestCrls;
import dev.evenroll.kafka.loop.FaultException;
import dev.evenroll.kafka.loop.Transformation;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.crl.CrlReason;
import dev.evenroll.pki.crl.RevokedEntry;
import dev.evenroll.schemas.event.CrlPrepared;
import dev.evenroll.schemas.event.CrlSigned;
import dev.evenroll.schemas.event.SecurityObservation;
import dev.evenroll.schemas.topic.Topics;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/// The signing of revocation lists, as records.
class SignCrlsTest {

    private static final Duration DAY = Duration.ofDays(1);

    private final TestCa ca = TestCa.create();
    private final FakeIssuingKey key = ca.key();
    private final Map<String, Long> committed = new HashMap<>();
    private final MockProducer<String, byte[]> reports =
            new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
    private final Transformation sign = SignCrls.of(
            TestCa.ENVIRONMENT,
            new CrlIssuer(TestAuthorities.of(ca, key), TestCrls.ADDRESSES, TestCa.CLOCK),
            shard -> {
                var last = committed.get(shard);
                return last == null ? OptionalLong.empty() : OptionalLong.of(last);
            },
            new FaultReports(TestCa.ENVIRONMENT, reports, TestCa.CLOCK),
            TestCa.CLOCK);

    @Test
    void aPreparedListIsSigned() throws Exception {
        var produced = sign.apply(prepared(10, 4));
        assertThat(Records.topics(produced)).containsExactly("crl.signed");
        assertThat(produced.getFirst().key()).isEqualTo(shard());
        var signed = Records.decoded(CrlSigned.class, produced.getFirst());
        assertThat(signed.getCrlNumber()).isEqualTo(4);
        assertThat(signed.getShard()).isZero();
        assertThat(signed.getOccurredAt()).isEqualTo(TestCa.NOW);
        var crl = (X509CRL) CertificateFactory.getInstance("X.509")
                .generateCRL(new ByteArrayInputStream(Bytes.der(signed.getCrl()).bytes()));
        crl.verify(ca.authority().certificate().getPublicKey());
    }

    @Test
    void numbersRiseWithinATransaction() throws Exception {
        assertThat(Records.topics(sign.apply(prepared(10, 4)))).containsExactly("crl.signed");
        hostile(sign.apply(prepared(11, 4)), "cRLNumber: 4 is not above 4, the last one signed for shard 0");
        assertThat(Records.topics(sign.apply(prepared(12, 5)))).containsExactly("crl.signed");
    }

    @Test
    void numbersRiseAboveWhatIsCommittedByAnotherProcess() throws Exception {
        committed.put(shard(), 7L);
        hostile(sign.apply(prepared(10, 7)), "cRLNumber: 7 is not above 7, the last one signed for shard 0");
        assertThat(Records.topics(sign.apply(prepared(11, 8)))).containsExactly("crl.signed");
    }

    /// Complete and delta list of one moment have one number (RFC 5280 section 5.2.3).
    @Test
    void aDeltaListHasTheNumberOfItsCompleteList() throws Exception {
        assertThat(Records.topics(sign.apply(prepared(10, 4)))).containsExactly("crl.signed");
        var list = TestCrls.delta(ca.certificate(), 0, 4, 2, TestCa.NOW, DAY);
        var produced = sign.apply(Records.consumed(
                Topics.CRL_PREPARED,
                11,
                shard() + "-delta",
                CrlPrepared.newBuilder(event(4, list)).setBaseCrlNumber(2L).build()));
        assertThat(Records.topics(produced)).containsExactly("crl.signed");
        assertThat(produced.getFirst().key()).isEqualTo(shard() + "-delta");
        assertThat(Records.decoded(CrlSigned.class, produced.getFirst()).getBaseCrlNumber())
                .isEqualTo(2L);
    }

    @Test
    void aListWhoseTransactionWasAbortedIsSignedAgain() throws Exception {
        sign.apply(prepared(10, 4));
        sign.apply(prepared(11, 5));
        assertThat(Records.topics(sign.apply(prepared(10, 4)))).containsExactly("crl.signed");
        assertThat(Records.topics(sign.apply(prepared(11, 5)))).containsExactly("crl.signed");
    }

    @Test
    void aListWhoseTimeHasPassedIsPutAsideWithoutAlarm() throws Exception {
        assertThat(Records.topics(sign.apply(prepared(10, 4, TestCa.NOW.minus(DAY)))))
                .containsExactly("issuer.dead-letter");
    }

    @Test
    void whenTheLastNumberIsUnknownNothingIsSigned() {
        var blind = SignCrls.of(
                TestCa.ENVIRONMENT,
                new CrlIssuer(TestAuthorities.of(ca, key), TestCrls.ADDRESSES, TestCa.CLOCK),
                shard -> {
                    throw new FaultException("The broker does not answer.", new IllegalStateException());
                },
                new FaultReports(TestCa.ENVIRONMENT, reports, TestCa.CLOCK),
                TestCa.CLOCK);
        assertThatExceptionOfType(FaultException.class).isThrownBy(() -> blind.apply(prepared(10, 4)));
        assertThat(key.signatures()).isZero();
    }

    @Test
    void aSigningFaultStopsTheBatchAndIsReported() throws Exception {
        key.breakDown();
        assertThatExceptionOfType(FaultException.class)
                .isThrownBy(() -> sign.apply(prepared(10, 4)))
                .withMessage("The fake key is broken; mend it.");
        assertThat(Records.observed(reports.history().getFirst()).getObservation())
                .isEqualTo(SecurityObservation.SIGNING_FAULT);
        key.mend();
        assertThat(Records.topics(sign.apply(prepared(10, 4)))).containsExactly("crl.signed");
    }

    @Test
    void aListInWhichEveryLineIsWrongIsPutAsideInARecordThatItsTopicTakes() throws Exception {
        var tomorrow = TestCa.NOW.plus(DAY);
        var lines = IntStream.rangeClosed(1, 150_000)
                .mapToObj(serialNumber ->
                        new RevokedEntry("01%06x".formatted(serialNumber), tomorrow, CrlReason.UNSPECIFIED))
                .toArray(RevokedEntry[]::new);
        var list = TestCrls.complete(ca.certificate(), 0, 4, TestCa.NOW, DAY, lines);
        var produced = sign.apply(Records.consumed(Topics.CRL_PREPARED, 10, shard(), event(4, list)));
        hostile(produced, "revokedCertificates: 01000001 is revoked in the future; ");
        assertThat(produced)
                .allSatisfy(record -> assertThat(Records.room(record)).isGreaterThan(1_000));
    }

    private void hostile(List<ProducerRecord<String, byte[]>> produced, String start) throws Exception {
        assertThat(Records.topics(produced)).containsExactly("issuer.dead-letter", "security.observed");
        assertThat(Records.cause(produced.getFirst())).startsWith(start);
        assertThat(Records.observed(produced.getLast()).getObservation()).isEqualTo(SecurityObservation.HOSTILE_RECORD);
    }

    private String shard() {
        return ca.certificate().keyId() + "-0";
    }

    private ConsumerRecord<String, byte[]> prepared(long offset, long number) {
        return prepared(offset, number, TestCa.NOW);
    }

    private ConsumerRecord<String, byte[]> prepared(long offset, long number, Instant thisUpdate) {
        var list = TestCrls.complete(ca.certificate(), 0, number, thisUpdate, DAY);
        return Records.consumed(Topics.CRL_PREPARED, offset, shard(), event(number, list));
    }

    private CrlPrepared event(long number, Der list) {
        return CrlPrepared.newBuilder()
                .setEnvironment("test")
                .setOccurredAt(TestCa.NOW)
                .setIssuerKeyId(ca.certificate().keyId())
                .setShard(0)
                .setCrlNumber(number)
                .setTbsCertList(Bytes.buffer(list))
                .build();
    }
}
