package dev.evenroll.issuer.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.evenroll.hsm.scene.TestCa;
import dev.evenroll.issuer.issuance.CertificatePreparer;
import dev.evenroll.issuer.scene.Records;
import dev.evenroll.issuer.scene.TestAuthorities;
import dev.evenroll.issuer.scene.TestKeys;
import dev.evenroll.issuer.scene.TestProfiles;
import dev.evenroll.kafka.loop.FaultException;
import dev.evenroll.kafka.loop.Transformation;
import dev.evenroll.pki.lint.TbsLinter;
import dev.evenroll.schemas.event.Acceptance;
import dev.evenroll.schemas.event.CertificatePrepared;
import dev.evenroll.schemas.event.EnrollmentAuthorized;
import dev.evenroll.schemas.event.EnrollmentOutcome;
import dev.evenroll.schemas.event.Finding;
import dev.evenroll.schemas.event.IssuanceRefused;
import dev.evenroll.schemas.event.Refused;
import dev.evenroll.schemas.event.SecurityObservation;
import dev.evenroll.schemas.topic.Topics;
import java.security.SecureRandom;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/// Step 4 of the enrollment cycle, as records.
class PrepareCertificatesTest {

    private static final String ENROLLMENT = "ab".repeat(32);

    private final TestCa ca = TestCa.create();
    private final TestAuthorities authorities = TestAuthorities.of(ca);
    private final Transformation prepare = PrepareCertificates.of(
            TestCa.ENVIRONMENT,
            new CertificatePreparer(authorities, TestProfiles.PROFILES, new SecureRandom(), TestCa.CLOCK),
            TestCa.CLOCK);

    @Test
    void anAuthorizedEnrollmentIsPrepared() throws Exception {
        var produced = prepare.apply(consumed(authorized().build()));
        assertThat(Records.topics(produced)).containsExactly("certificate.prepared");
        assertThat(produced.getFirst().key()).isEqualTo("EV-1");
        var prepared = Records.decoded(CertificatePrepared.class, produced.getFirst());
        assertThat(prepared.getEnvironment()).isEqualTo("test");
        assertThat(prepared.getOccurredAt()).isEqualTo(TestCa.NOW);
        assertThat(prepared.getEnrollmentId()).isEqualTo(ENROLLMENT);
        assertThat(prepared.getDeviceId()).isEqualTo("EV-1");
        assertThat(prepared.getProfile()).isEqualTo("charging-station");
        assertThat(prepared.getIssuerKeyId()).isEqualTo(ca.certificate().keyId());
        assertThat(prepared.getReplyPartition()).isEqualTo(5);
        assertThat(TbsLinter.lint(
                        Bytes.der(prepared.getTbsCertificate()), ca.certificate(), TestProfiles.PROFILE, TestCa.NOW))
                .isEmpty();
    }

    @Test
    void theAcceptanceIsHandedOn() throws Exception {
        var acceptance = new Acceptance(TestCa.NOW.minusSeconds(1), 2L);
        var prepared =
                prepare.apply(consumed(authorized().setAcceptance(acceptance).build()));
        assertThat(Records.decoded(CertificatePrepared.class, prepared.getFirst())
                        .getAcceptance())
                .isEqualTo(acceptance);
        var refused = prepare.apply(consumed(
                authorized().setProfile("toaster").setAcceptance(acceptance).build()));
        assertThat(Records.decoded(IssuanceRefused.class, refused.getFirst()).getAcceptance())
                .isEqualTo(acceptance);
    }

    @Test
    void theSameEventPreparedAgainAfterAnAbortGetsAnotherSerialNumber() throws Exception {
        var record = consumed(authorized().build());
        var one =
                Records.decoded(CertificatePrepared.class, prepare.apply(record).getFirst());
        var other =
                Records.decoded(CertificatePrepared.class, prepare.apply(record).getFirst());
        assertThat(other.getSerialNumber()).isNotEqualTo(one.getSerialNumber());
    }

    @Test
    void theCaThatIsActiveNowPrepares() throws Exception {
        var second = TestCa.create();
        var record = consumed(authorized().build());
        assertThat(issuer(record)).isEqualTo(ca.certificate().keyId());
        authorities.and(second, second.key());
        assertThat(issuer(record)).isEqualTo(second.certificate().keyId());
    }

    @Test
    void withoutAnActiveCaTheEnrollmentWaits() {
        authorities.retire();
        assertThatExceptionOfType(FaultException.class)
                .isThrownBy(() -> prepare.apply(consumed(authorized().build())))
                .withMessage("No CA is active now, of [issuing-1 "
                        + ca.certificate().keyId() + "]; set active-from of one of them, or wait for it.");
    }

    private String issuer(ConsumerRecord<String, byte[]> record) throws Exception {
        return Records.decoded(CertificatePrepared.class, prepare.apply(record).getFirst())
                .getIssuerKeyId();
    }

    @Test
    void whatTheCaDoesNotMakeIsRefusedAndAnswered() throws Exception {
        var produced = prepare.apply(consumed(authorized().setProfile("toaster").build()));
        assertThat(Records.topics(produced)).containsExactly("issuance.refused", "enrollment.outcome");
        var finding = new Finding(
                "profile",
                "profile: \"toaster\" is none of this CA's profiles [charging-station]; authorize one of them, or add it to "
                        + "the issuer.");
        var refused = Records.decoded(IssuanceRefused.class, produced.getFirst());
        assertThat(refused.getFindings()).containsExactly(finding);
        assertThat(refused.getReplyPartition()).isEqualTo(5);
        assertThat(produced.getLast().partition()).isEqualTo(5);
        assertThat(Records.decoded(EnrollmentOutcome.class, produced.getLast()).getResult())
                .isEqualTo(new Refused(List.of(finding)));
    }

    @Test
    void aFindingIsNeverLongerThanTheSchemaPromises() throws Exception {
        var produced = prepare.apply(
                consumed(authorized().setProfile("x".repeat(5_000)).build()));
        var refused = Records.decoded(IssuanceRefused.class, produced.getFirst());
        assertThat(refused.getFindings().getFirst().getMessage()).hasSize(1_000).endsWith("…");
    }

    @Test
    void nobodyIsAnsweredWhenNobodyWaits() throws Exception {
        var prepared = prepare.apply(consumed(authorized().setReplyPartition(-1).build()));
        assertThat(Records.topics(prepared)).containsExactly("certificate.prepared");
        assertThat(Records.decoded(CertificatePrepared.class, prepared.getFirst())
                        .getReplyPartition())
                .isEqualTo(-1);

        var refused = prepare.apply(consumed(
                authorized().setProfile("toaster").setReplyPartition(-1).build()));
        assertThat(Records.topics(refused)).containsExactly("issuance.refused");
        assertThat(Records.decoded(IssuanceRefused.class, refused.getFirst()).getReplyPartition())
                .isEqualTo(-1);
    }

    @Test
    void aRefusalWithoutAReplyAddressBecomesADeadLetterBesideTheRefusal() throws Exception {
        var event = authorized().setProfile("toaster").setReplyPartition(12).build();
        var produced = prepare.apply(consumed(event));
        assertThat(Records.topics(produced)).containsExactly("issuance.refused", "issuer.dead-letter");
        assertThat(Records.cause(produced.getLast()))
                .isEqualTo(
                        "The outcome was not sent: reply partition 12 is not one of 0 to 11; the device finds the result "
                                + "when it repeats its request.");
    }

    @Test
    void anEventOfAnotherEnvironmentIsPutAsideAndReported() throws Exception {
        var produced =
                prepare.apply(consumed(authorized().setEnvironment("staging").build()));
        var sentence = "The record is of environment \"staging\", this CA of \"test\"; find out who connected the two.";
        hostile(produced, SecurityObservation.FOREIGN_ENVIRONMENT, sentence);
        assertThat(Records.observed(produced.getLast()).getAttributes())
                .containsEntry("topic", "test.enrollment.authorized.v1")
                .containsEntry("partition", "0")
                .containsEntry("offset", "3");
    }

    @Test
    void bytesThatAreNoEventArePutAsideAndReported() throws Exception {
        var produced = prepare.apply(Records.consumed(Topics.ENROLLMENT_AUTHORIZED, 3, "EV-1", new byte[] {1, 2, 3}));
        assertThat(Records.topics(produced)).containsExactly("issuer.dead-letter", "security.observed");
        assertThat(Records.observed(produced.getLast()).getObservation()).isEqualTo(SecurityObservation.HOSTILE_RECORD);
    }

    @Test
    @SuppressWarnings("NullAway") // Kafka's records may lack key and value, whatever their type says
    void aTombstoneWithoutKeyIsPutAsideAndReported() throws Exception {
        var produced = prepare.apply(new ConsumerRecord<>("test.enrollment.authorized.v1", 0, 3, null, null));
        hostile(
                produced,
                SecurityObservation.HOSTILE_RECORD,
                "The value is empty; a EnrollmentAuthorized was expected.");
        assertThat(Records.observed(produced.getLast()).getSubject()).isEqualTo("test.enrollment.authorized.v1");
    }

    @Test
    void anEventUnderTheKeyOfAnotherDeviceIsPutAsideAndReported() throws Exception {
        hostile(
                prepare.apply(Records.consumed(
                        Topics.ENROLLMENT_AUTHORIZED, 3, "EV-2", authorized().build())),
                SecurityObservation.HOSTILE_RECORD,
                "The key of the record is not that of the event inside, \"EV-1\"; find out who wrote it.");
    }

    @Test
    void anEventWithoutAnEnrollmentIdIsPutAsideAndReported() throws Exception {
        hostile(
                prepare.apply(consumed(authorized().setEnrollmentId("1").build())),
                SecurityObservation.HOSTILE_RECORD,
                "enrollmentId: must be 64 lower-case hexadecimal digits; find out who wrote the record.");
    }

    @Test
    void whatAnEventOfTheLargestSizeBecomesFitsIntoItsTopics() throws Exception {
        // Key and device id are repeated in what is written, and findings come to that.
        var room = Topics.ENROLLMENT_AUTHORIZED.largestRecordBytes() - 1_000;
        var event = authorized().setDeviceId("x".repeat(room / 2)).build();
        assertThat(prepare.apply(consumed(event)))
                .allSatisfy(produced -> assertThat(Records.room(produced)).isGreaterThan(1_000));
    }

    private static void hostile(
            List<ProducerRecord<String, byte[]>> produced, SecurityObservation observation, String sentence)
            throws Exception {
        assertThat(Records.topics(produced)).containsExactly("issuer.dead-letter", "security.observed");
        assertThat(Records.cause(produced.getFirst())).isEqualTo(sentence);
        assertThat(Records.observed(produced.getLast()).getObservation()).isEqualTo(observation);
        assertThat(Records.observed(produced.getLast()).getMessage()).isEqualTo(sentence);
    }

    private static EnrollmentAuthorized.Builder authorized() {
        return EnrollmentAuthorized.newBuilder()
                .setEnvironment("test")
                .setOccurredAt(TestCa.NOW)
                .setEnrollmentId(ENROLLMENT)
                .setDeviceId("EV-1")
                .setProfile("charging-station")
                .setOrganization("Grid Co")
                .setSubjectPublicKeyInfo(Bytes.buffer(TestKeys.P256))
                .setReplyPartition(5);
    }

    private static ConsumerRecord<String, byte[]> consumed(EnrollmentAuthorized event) {
        return Records.consumed(Topics.ENROLLMENT_AUTHORIZED, 3, event.getDeviceId(), event);
    }
}
