package dev.evenroll.issuer.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.evenroll.hsm.scene.FakeIssuingKey;
import dev.evenroll.hsm.scene.TestCa;
import dev.evenroll.issuer.issuance.CertificateIssuer;
import dev.evenroll.issuer.scene.Records;
import dev.evenroll.issuer.scene.TestAuthorities;
import dev.evenroll.issuer.scene.TestKeys;
import dev.evenroll.issuer.scene.TestProfiles;
import dev.evenroll.kafka.loop.FaultException;
import dev.evenroll.kafka.loop.Transformation;
import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.pki.issuance.CertificatePreparation;
import dev.evenroll.pki.issuance.PreparedCertificate;
import dev.evenroll.pki.issuance.SerialNumber;
import dev.evenroll.pki.profile.Subject;
import dev.evenroll.schemas.event.Acceptance;
import dev.evenroll.schemas.event.CertificateIssued;
import dev.evenroll.schemas.event.CertificatePrepared;
import dev.evenroll.schemas.event.EnrollmentOutcome;
import dev.evenroll.schemas.event.Finding;
import dev.evenroll.schemas.event.IssuanceRefused;
import dev.evenroll.schemas.event.Issued;
import dev.evenroll.schemas.event.Refused;
import dev.evenroll.schemas.event.SecurityObservation;
import dev.evenroll.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/// Step 5 of the enrollment cycle, as records.
class SignCertificatesTest {

    private static final String ENROLLMENT = "ab".repeat(32);

    private final TestCa ca = TestCa.create();
    private final FakeIssuingKey key = ca.key();
    private final PreparedCertificate certificate = CertificatePreparation.prepare(
            ca.certificate(),
            TestProfiles.PROFILE,
            Subject.of("EV-1", "Grid Co"),
            TestKeys.P256,
            SerialNumber.random(new SecureRandom()),
            TestCa.NOW);
    private final MockProducer<String, byte[]> reports =
            new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
    private final TestAuthorities authorities = TestAuthorities.of(ca, key);
    private final Transformation sign = SignCertificates.of(
            TestCa.ENVIRONMENT,
            new CertificateIssuer(authorities, TestProfiles.PROFILES, TestCa.CLOCK),
            new FaultReports(TestCa.ENVIRONMENT, reports, TestCa.CLOCK),
            TestCa.CLOCK);

    @Test
    void aPreparedCertificateIsIssuedAndAnswered() throws Exception {
        var produced = sign.apply(consumed(prepared().build()));
        assertThat(Records.topics(produced)).containsExactly("certificate.issued", "enrollment.outcome");
        var issued = Records.decoded(CertificateIssued.class, produced.getFirst());
        var decoded = Certificates.decode(Bytes.der(issued.getCertificate()));
        decoded.verify(ca.authority().certificate().getPublicKey());
        assertThat(CertificateId.of(decoded))
                .isEqualTo(new CertificateId(issued.getIssuerKeyId(), issued.getSerialNumber()));
        assertThat(issued.getNotBefore()).isEqualTo(certificate.notBefore());
        assertThat(issued.getNotAfter()).isEqualTo(certificate.notAfter());
        assertThat(issued.getEnrollmentId()).isEqualTo(ENROLLMENT);
        assertThat(issued.getReplyPartition()).isEqualTo(5);

        assertThat(produced.getLast().partition()).isEqualTo(5);
        assertThat(produced.getLast().key()).isEqualTo("EV-1");
        var outcome = Records.decoded(EnrollmentOutcome.class, produced.getLast());
        assertThat(outcome.getEnrollmentId()).isEqualTo(ENROLLMENT);
        assertThat(outcome.getResult()).isEqualTo(new Issued(issued.getCertificate()));
    }

    @Test
    void signedAgainAfterACrashTheSerialNumberIsTheSame() throws Exception {
        var record = consumed(prepared().build());
        var one = Records.decoded(CertificateIssued.class, sign.apply(record).getFirst());
        var other = Records.decoded(CertificateIssued.class, sign.apply(record).getFirst());
        assertThat(other.getSerialNumber()).isEqualTo(one.getSerialNumber());
        assertThat(other.getNotAfter()).isEqualTo(one.getNotAfter());
    }

    @Test
    void theAcceptanceIsHandedOn() throws Exception {
        var acceptance = new Acceptance(TestCa.NOW.minusSeconds(1), 2L);
        var issued = sign.apply(consumed(prepared().setAcceptance(acceptance).build()));
        assertThat(Records.decoded(CertificateIssued.class, issued.getFirst()).getAcceptance())
                .isEqualTo(acceptance);
        var rejected = sign.apply(consumed(
                prepared().setSerialNumber("0badc0de").setAcceptance(acceptance).build()));
        assertThat(Records.decoded(IssuanceRefused.class, rejected.get(2)).getAcceptance())
                .isEqualTo(acceptance);
    }

    @Test
    void nobodyIsAnsweredWhenNobodyWaits() throws Exception {
        var produced = sign.apply(consumed(prepared().setReplyPartition(-1).build()));

        assertThat(Records.topics(produced)).containsExactly("certificate.issued");
        assertThat(Records.decoded(CertificateIssued.class, produced.getFirst()).getReplyPartition())
                .isEqualTo(-1);
    }

    @Test
    void aRejectedCertificateThatNobodyWaitsForIsOnlyReported() throws Exception {
        var produced = sign.apply(consumed(
                prepared().setReplyPartition(-1).setSerialNumber("0badc0de").build()));

        assertThat(Records.topics(produced))
                .containsExactly("issuer.dead-letter", "security.observed", "issuance.refused");
    }

    @Test
    void aReplyPartitionOutOfRangeCostsTheAnswerNotTheCertificate() throws Exception {
        for (int partition : new int[] {-2, 12, Integer.MAX_VALUE}) {
            var produced =
                    sign.apply(consumed(prepared().setReplyPartition(partition).build()));
            assertThat(Records.topics(produced)).containsExactly("certificate.issued", "issuer.dead-letter");
            assertThat(Records.cause(produced.getLast()))
                    .isEqualTo("The outcome was not sent: reply partition " + partition
                            + " is not one of 0 to 11; the device finds the result when it repeats its request.");
        }
    }

    @Test
    void aRecordThatDoesNotAgreeWithItselfIsNeverSignedAndItsEnrollmentClosed() throws Exception {
        var produced =
                sign.apply(consumed(prepared().setSerialNumber("0badc0de").build()));
        assertThat(Records.topics(produced))
                .containsExactly("issuer.dead-letter", "security.observed", "issuance.refused", "enrollment.outcome");
        var sentence = "serial-number: the record says 0badc0de, the certificate inside "
                + certificate.serialNumber().hex() + "; find out who wrote the record.";
        assertThat(Records.cause(produced.getFirst())).isEqualTo(sentence);
        var observed = Records.observed(produced.get(1));
        assertThat(observed.getObservation()).isEqualTo(SecurityObservation.HOSTILE_RECORD);
        assertThat(observed.getSubject()).isEqualTo("EV-1");
        assertThat(observed.getMessage()).isEqualTo(sentence);
        var finding = new Finding("serial-number", sentence);
        assertThat(Records.decoded(IssuanceRefused.class, produced.get(2)).getFindings())
                .containsExactly(finding);
        assertThat(Records.decoded(EnrollmentOutcome.class, produced.get(3)).getResult())
                .isEqualTo(new Refused(List.of(finding)));
        assertThat(key.signatures()).isZero();
    }

    @Test
    void bytesThatAreNoCertificateAreNeverSigned() throws Exception {
        var produced = sign.apply(consumed(prepared()
                .setTbsCertificate(ByteBuffer.wrap(new byte[] {48, 0}))
                .build()));
        assertThat(Records.topics(produced)).contains("issuer.dead-letter", "security.observed", "issuance.refused");
        assertThat(key.signatures()).isZero();
    }

    @Test
    void aRecordOfAnotherEnvironmentIsNeverSigned() throws Exception {
        var produced =
                sign.apply(consumed(prepared().setEnvironment("production").build()));
        assertThat(Records.topics(produced)).containsExactly("issuer.dead-letter", "security.observed");
        assertThat(Records.observed(produced.getLast()).getObservation())
                .isEqualTo(SecurityObservation.FOREIGN_ENVIRONMENT);
        assertThat(key.signatures()).isZero();
    }

    @Test
    void whatCanNotBeSignedYetWaitsAndNothingIsWritten() {
        var early = at(certificate.notBefore().minusSeconds(1));
        assertThatExceptionOfType(FaultException.class)
                .isThrownBy(() -> early.apply(consumed(prepared().build())))
                .withMessageContaining("is not valid before " + certificate.notBefore());
        var afterTheCa = at(ca.certificate().notAfter().plusSeconds(1));
        assertThatExceptionOfType(FaultException.class)
                .isThrownBy(() -> afterTheCa.apply(consumed(prepared().build())))
                .withMessageContaining("has expired on");
        assertThat(key.signatures()).isZero();
    }

    @Test
    void whatHasExpiredIsRefusedAndNobodyAccused() throws Exception {
        var produced = at(certificate.notAfter().plusSeconds(1))
                .apply(consumed(prepared().build()));
        assertThat(Records.topics(produced))
                .containsExactly("issuer.dead-letter", "issuance.refused", "enrollment.outcome");
        assertThat(key.signatures()).isZero();
    }

    private Transformation at(Instant now) {
        return SignCertificates.of(
                TestCa.ENVIRONMENT,
                new CertificateIssuer(authorities, TestProfiles.PROFILES, () -> now),
                new FaultReports(TestCa.ENVIRONMENT, reports, TestCa.CLOCK),
                TestCa.CLOCK);
    }

    /// Prepared just before the switch.
    @Test
    void whatAFormerCaHasPreparedIsSignedByIt() throws Exception {
        authorities.and(TestCa.create(), TestCa.create().key());
        var issued = Records.decoded(
                CertificateIssued.class,
                sign.apply(consumed(prepared().build())).getFirst());
        Certificates.decode(Bytes.der(issued.getCertificate()))
                .verify(ca.authority().certificate().getPublicKey());
    }

    /// It would stop the certificates of the active CA behind it.
    @Test
    void aFormerCaWhoseKeyIsLostIsNotWaitedFor() throws Exception {
        authorities.and(TestCa.create(), TestCa.create().key());
        authorities.lose("The CA issuing-1 is lost.");
        var produced = sign.apply(consumed(prepared().build()));
        assertThat(Records.topics(produced))
                .containsExactly("issuer.dead-letter", "issuance.refused", "enrollment.outcome");
        assertThat(Records.cause(produced.getFirst()))
                .isEqualTo(
                        "issuerKeyId: The CA issuing-1 is lost. Enroll again to get a certificate of the active CA.");
        assertThat(key.signatures()).isZero();
    }

    @Test
    void aSigningFaultStopsTheBatchAndIsReported() throws Exception {
        key.breakDown();
        assertThatExceptionOfType(FaultException.class)
                .isThrownBy(() -> sign.apply(consumed(prepared().build())))
                .withMessage("The fake key is broken; mend it.");
        assertThat(reports.history()).hasSize(1);
        var observed = Records.observed(reports.history().getFirst());
        assertThat(observed.getObservation()).isEqualTo(SecurityObservation.SIGNING_FAULT);
        assertThat(observed.getSubject()).isEqualTo(ca.certificate().keyId());
        assertThat(observed.getMessage()).isEqualTo("The fake key is broken; mend it.");
        key.mend();
        assertThat(sign.apply(consumed(prepared().build()))).hasSize(2);
    }

    @Test
    void aWrongSignatureIsAFaultAndNeverLeaves() {
        key.goStale();
        assertThatExceptionOfType(FaultException.class)
                .isThrownBy(() -> sign.apply(consumed(prepared().build())))
                .withMessageStartingWith("The fake key returned a wrong signature: ");
    }

    private CertificatePrepared.Builder prepared() {
        return CertificatePrepared.newBuilder()
                .setEnvironment("test")
                .setOccurredAt(TestCa.NOW)
                .setEnrollmentId(ENROLLMENT)
                .setDeviceId("EV-1")
                .setProfile("charging-station")
                .setIssuerKeyId(ca.certificate().keyId())
                .setSerialNumber(certificate.serialNumber().hex())
                .setTbsCertificate(Bytes.buffer(certificate.tbsCertificate()))
                .setReplyPartition(5);
    }

    private static ConsumerRecord<String, byte[]> consumed(CertificatePrepared event) {
        return Records.consumed(Topics.CERTIFICATE_PREPARED, 3, event.getDeviceId(), event);
    }
}
