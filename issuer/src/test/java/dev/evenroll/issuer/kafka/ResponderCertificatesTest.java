package dev.evenroll.issuer.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.hsm.scene.TestCa;
import dev.evenroll.issuer.issuance.CertificateIssuer;
import dev.evenroll.issuer.issuance.CertificatePreparer;
import dev.evenroll.issuer.issuance.Profiles;
import dev.evenroll.issuer.scene.Records;
import dev.evenroll.issuer.scene.TestAuthorities;
import dev.evenroll.issuer.scene.TestKeys;
import dev.evenroll.issuer.scene.TestProfiles;
import dev.evenroll.kafka.loop.Transformation;
import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.KeyPurpose;
import dev.evenroll.pki.authority.CertificationRequests;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.schemas.event.CertificatePrepared;
import dev.evenroll.schemas.event.EnrollmentAuthorized;
import dev.evenroll.schemas.event.IssuanceRefused;
import dev.evenroll.schemas.event.KeyAssurance;
import dev.evenroll.schemas.event.ResponderIssued;
import dev.evenroll.schemas.event.ResponderRequested;
import dev.evenroll.schemas.event.SecurityObservation;
import dev.evenroll.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/// The certificates of OCSP responders, as records.
class ResponderCertificatesTest {

    private static final String RESPONDER = "ocsp-responder-0";
    private static final String AUTHORIZED_PROFILE = "ocsp-responder";
    private static final Der REQUEST = CertificationRequests.create(TestKeys.p256(), "anything");

    private final TestCa ca = TestCa.create();
    private final TestAuthorities authorities = TestAuthorities.of(ca);
    private final Transformation prepare = prepareWith(TestProfiles.builtIn());
    private final Transformation sign = SignCertificates.of(
            TestCa.ENVIRONMENT,
            new CertificateIssuer(authorities, TestProfiles.builtIn(), TestCa.CLOCK),
            new FaultReports(
                    TestCa.ENVIRONMENT,
                    new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer()),
                    TestCa.CLOCK),
            TestCa.CLOCK);

    private Transformation prepareWith(Profiles profiles) {
        return PrepareResponders.of(TestCa.ENVIRONMENT, preparerWith(profiles), TestCa.CLOCK);
    }

    private CertificatePreparer preparerWith(Profiles profiles) {
        return new CertificatePreparer(authorities, profiles, new SecureRandom(), TestCa.CLOCK);
    }

    @Test
    void aResponderGetsACertificateThatSpeaksAboutRevocationAlone() throws Exception {
        var prepared = prepared(requested(ca));
        assertThat(prepared.getForResponder()).isTrue();
        assertThat(prepared.getReplyPartition()).isEqualTo(-1);

        var produced = sign(prepared);
        assertThat(Records.topics(produced)).containsExactly("responder.issued");
        assertThat(produced.getFirst().key()).isEqualTo(ca.certificate().keyId() + "-" + RESPONDER);
        var issued = Records.decoded(ResponderIssued.class, produced.getFirst());
        assertThat(issued.getResponder()).isEqualTo(RESPONDER);
        var certificate = Certificates.decode(Bytes.der(issued.getCertificate()));
        certificate.verify(ca.authority().certificate().getPublicKey());
        assertThat(certificate.getPublicKey()).isEqualTo(TestKeys.p256().getPublic());
        assertThat(certificate.getExtendedKeyUsage()).containsExactly(KeyPurpose.OCSP_SIGNING);
        assertThat(certificate.getNonCriticalExtensionOIDs()).contains("1.3.6.1.5.5.7.48.1.5");
        assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
        assertThat(certificate.getSubjectX500Principal().getName()).startsWith("CN=" + RESPONDER + ",O=");
    }

    /// A responder for the certificates of a former CA has to have its certificate of that CA.
    @Test
    void theCaThatIsAskedCertifiesWhicheverIsActive() throws Exception {
        var second = TestCa.create();
        authorities.and(second, second.key());
        assertThat(prepared(requested(ca)).getIssuerKeyId())
                .isEqualTo(ca.certificate().keyId());
        assertThat(prepared(requested(second)).getIssuerKeyId())
                .isEqualTo(second.certificate().keyId());
    }

    /// The record would hold up devices, and a responder asks again.
    @Test
    void aFormerCaThatCanNotSignIsNotWaitedFor() throws Exception {
        var prepared = prepared(requested(ca));
        var second = TestCa.create();
        authorities.and(second, second.key());
        authorities.lose("The token is gone.");
        assertThat(cause(prepare(requested(ca)))).isEqualTo("The token is gone.");
        assertThat(cause(sign(prepared))).contains("The token is gone.");
    }

    /// After an outage of a weekend, thousands of them wait, and all but the last are useless.
    @Test
    void anOldRequestIsPassedOver() throws Exception {
        for (long seconds : new long[] {-121, 121}) {
            var old = ResponderRequested.newBuilder(requested(ca))
                    .setOccurredAt(TestCa.NOW.plusSeconds(seconds))
                    .build();
            assertThat(prepare(old)).isEmpty();
        }
        var prepared = CertificatePrepared.newBuilder(prepared(requested(ca)))
                .setOccurredAt(TestCa.NOW.minusSeconds(121))
                .build();
        assertThat(cause(sign(prepared))).endsWith("the responder asks again by itself.");
    }

    @Test
    void noMoreThanSixtyAMinuteAreCertified() throws Exception {
        for (int i = 0; i < 60; i++) {
            prepared(requested(ca));
        }
        assertThat(cause(prepare(requested(ca)))).startsWith("More than 60 responders ask");
    }

    /// Such a one will be refused for a minute, and the loop would stand still for every device.
    @Test
    void nothingOfAResponderIsPostponed() throws Exception {
        var prepared = prepared(requested(ca));
        var end = ca.certificate().notAfter().plusMillis(10);
        var late = SignCertificates.of(
                TestCa.ENVIRONMENT,
                new CertificateIssuer(authorities, TestProfiles.builtIn(), () -> end),
                new FaultReports(
                        TestCa.ENVIRONMENT,
                        new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer()),
                        TestCa.CLOCK),
                TestCa.CLOCK);
        var produced = late.apply(Records.consumed(Topics.CERTIFICATE_PREPARED, 0, prepared.getDeviceId(), prepared));
        assertThat(cause(produced)).isNotBlank();
    }

    @Test
    void whatIsMissingIsSaid() throws Exception {
        assertThat(cause(prepareWith(TestProfiles.PROFILES).apply(record(requested(ca)))))
                .isEqualTo("profile: none of [charging-station] has the extended key usage ocspSigning and ocspNocheck;"
                        + " add one like the built-in ocsp-responder");
        assertThat(cause(prepare(requested(TestCa.create()))))
                .startsWith("issuerKeyId: ")
                .endsWith("; give revocation-service the same directory of CAs");
        var weak = CertificationRequests.create(Keys.generateRsa(1024), "anything");
        assertThat(cause(prepare(requested(ca, RESPONDER, Bytes.buffer(weak))))).contains("key");
    }

    @Test
    void noResponderHasTheNameOfADevice() throws Exception {
        for (var name :
                List.of("EV-1", "ocsp-responder", "ocsp-responder-0/CN=EV-1", "ocsp-responder-" + "x".repeat(60))) {
            assertHostile(prepare(requested(ca, name, Bytes.buffer(REQUEST))), "responder: ");
        }
    }

    @Test
    void aKeyThatTheResponderDoesNotHaveIsNotCertified() throws Exception {
        byte[] request = REQUEST.bytes();
        request[request.length - 1] ^= 1;
        assertHostile(prepare(requested(ca, RESPONDER, ByteBuffer.wrap(request))), "signature");
    }

    @Test
    void anyBytesForARequestArePutAside() throws Exception {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
        byte[] good = REQUEST.bytes();
        // So many a minute are looked at.
        for (int i = 0; i < 50; i++) {
            byte[] bad = good.clone();
            bad[random.nextInt(bad.length)] ^= (byte) (1 + random.nextInt(255));
            var bytes = ByteBuffer.wrap(bad, 0, random.nextInt(1, bad.length + 1));
            assertThat(Records.topics(prepare(requested(ca, RESPONDER, bytes)))).contains("issuer.dead-letter");
        }
    }

    /// Who decides about devices does not decide who speaks for the CA.
    @Test
    void noEnrollmentGetsTheCertificateOfAResponder() throws Exception {
        var authorized = EnrollmentAuthorized.newBuilder()
                .setEnvironment(TestCa.ENVIRONMENT)
                .setOccurredAt(TestCa.NOW)
                .setEnrollmentId("ab".repeat(32))
                .setDeviceId(RESPONDER)
                .setProfile(AUTHORIZED_PROFILE)
                .setOrganization("Grid Co")
                .setSubjectPublicKeyInfo(Bytes.buffer(TestKeys.P256))
                .setReplyPartition(-1)
                .setAssurance(KeyAssurance.SOFTWARE_KEY)
                .build();
        var produced = PrepareCertificates.of(TestCa.ENVIRONMENT, preparerWith(TestProfiles.builtIn()), TestCa.CLOCK)
                .apply(Records.consumed(Topics.ENROLLMENT_AUTHORIZED, 0, RESPONDER, authorized));
        assertThat(Records.decoded(IssuanceRefused.class, produced.getFirst())
                        .getFindings()
                        .getFirst()
                        .getMessage())
                .isEqualTo(
                        "profile: \"ocsp-responder\" is for OCSP responders, which no device is; authorize another one");

        var prepared = CertificatePrepared.newBuilder(prepared(requested(ca)))
                .setForResponder(false)
                .build();
        assertHostile(sign(prepared), "profile: ocsp-responder is for OCSP responders, and the record says otherwise");
    }

    private static ResponderRequested requested(TestCa issuer) {
        return requested(issuer, RESPONDER, Bytes.buffer(REQUEST));
    }

    private static ResponderRequested requested(TestCa issuer, String name, ByteBuffer request) {
        return new ResponderRequested(
                TestCa.ENVIRONMENT, TestCa.NOW, name, issuer.certificate().keyId(), request);
    }

    private CertificatePrepared prepared(ResponderRequested requested) throws Exception {
        var produced = prepare(requested);
        assertThat(Records.topics(produced)).containsExactly("certificate.prepared");
        return Records.decoded(CertificatePrepared.class, produced.getFirst());
    }

    private List<ProducerRecord<String, byte[]>> prepare(ResponderRequested requested) throws Exception {
        return prepare.apply(record(requested));
    }

    private static ConsumerRecord<String, byte[]> record(ResponderRequested requested) {
        return Records.consumed(Topics.RESPONDER_REQUESTED, 0, requested.getResponder(), requested);
    }

    private List<ProducerRecord<String, byte[]>> sign(CertificatePrepared prepared) throws Exception {
        return sign.apply(Records.consumed(Topics.CERTIFICATE_PREPARED, 0, prepared.getDeviceId(), prepared));
    }

    private static String cause(List<ProducerRecord<String, byte[]>> produced) throws Exception {
        assertThat(Records.topics(produced)).containsExactly("issuer.dead-letter");
        return Records.cause(produced.getFirst());
    }

    private static void assertHostile(List<ProducerRecord<String, byte[]>> produced, String cause) throws Exception {
        assertThat(Records.topics(produced)).startsWith("issuer.dead-letter", "security.observed");
        assertThat(Records.cause(produced.getFirst())).contains(cause);
        assertThat(Records.observed(produced.get(1)).getObservation()).isEqualTo(SecurityObservation.HOSTILE_RECORD);
    }
}
