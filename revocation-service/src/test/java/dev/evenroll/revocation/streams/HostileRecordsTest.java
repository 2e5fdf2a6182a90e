package dev.evenroll.revocation.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.kafka.record.Outgoing;
import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.revocation.MovableClock;
import dev.evenroll.revocation.TestAuthority;
import dev.evenroll.revocation.life.IssuedCertificate;
import dev.evenroll.schemas.event.CertificateStatus;
import dev.evenroll.schemas.event.DeadLetter;
import dev.evenroll.schemas.event.RevocationReason;
import dev.evenroll.schemas.event.SecurityObservation;
import dev.evenroll.schemas.event.SecurityObserved;
import dev.evenroll.schemas.topic.Principal;
import dev.evenroll.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What can not be used is put aside with its cause, is counted and reported, and the next record is
/// processed.
class HostileRecordsTest {

    @TempDir
    Path stateDirectory;

    private Journey journey;

    @BeforeEach
    void open() {
        journey = new Journey(stateDirectory);
    }

    @AfterEach
    void close() {
        journey.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "test.certificate.issued.v1",
                "test.revocation.requested.v1",
                "test.revocation-service-certificate-by-id-repartition",
                "test.revocation-service-crl-shard-repartition"
            })
    void bytesThatAreNoRecordStopNothing(String topic) {
        var certificate = journey.authority.issue("D1");
        var bytes = Outgoing.encode(
                Topics.CERTIFICATE_ISSUED, journey.issuedEvent(certificate).build());
        var random = new Random(7);
        for (int round = 0; round < 50; round++) {
            journey.writeBytes(topic, "key", Arrays.copyOf(bytes, random.nextInt(bytes.length)));
        }
        journey.writeBytes(topic, "key", null);
        journey.writeBytes(topic, null, new byte[] {1, 2, 3});

        // Internal topics drop records without a key or without a value before they reach a processor.
        assertThat(journey.read(Topics.deadLetter(Principal.REVOCATION_SERVICE), DeadLetter.class))
                .hasSizeBetween(50, 52)
                .allSatisfy(letter -> {
                    assertThat(letter.getService()).isEqualTo("revocation-service");
                    assertThat(letter.getSourceTopic()).isEqualTo(topic);
                    assertThat(letter.getCause()).isNotBlank();
                });
        assertThat(journey.read(Topics.SECURITY_OBSERVED, SecurityObserved.class))
                .hasSizeBetween(50, 52)
                .allSatisfy(observed ->
                        assertThat(observed.getObservation()).isEqualTo(SecurityObservation.HOSTILE_RECORD));
        journey.issued("D2");
        assertThat(journey.read(Topics.CERTIFICATE_STATUS, CertificateStatus.class))
                .hasSize(1);
    }

    @Test
    void anEventOfAnotherEnvironmentIsRefusedAndReported() {
        var certificate = journey.authority.issue("D1");
        journey.write(
                Topics.CERTIFICATE_ISSUED,
                "D1",
                journey.issuedEvent(certificate).setEnvironment("production").build());

        assertPutAside(
                "The event belongs to environment production, not test.", SecurityObservation.FOREIGN_ENVIRONMENT);
    }

    @Test
    void aCertificateOfAnotherCaIsNotEntered() {
        var other = new TestAuthority(new MovableClock(Journey.START));
        var certificate = other.issue("D1");
        journey.write(
                Topics.CERTIFICATE_ISSUED,
                "D1",
                journey.issuedEvent(certificate).build());

        assertPutAside(
                "The event is not consistent: issuerKeyId: is " + other.issuer().keyId()
                        + ", but the CAs of evenroll.ca.directory have ["
                        + journey.authority.issuer().keyId() + "].",
                SecurityObservation.HOSTILE_RECORD);
    }

    @Test
    void anEventThatNamesAnotherCertificateThanItCarriesIsNotEntered() {
        var certificate = journey.authority.issue("D1");
        var other = journey.authority.issue("D2");
        journey.write(
                Topics.CERTIFICATE_ISSUED,
                "D1",
                journey.issuedEvent(certificate)
                        .setCertificate(ByteBuffer.wrap(other.der().bytes()))
                        .build());

        assertPutAside(
                "The event is not consistent: certificateId: is " + certificate.id() + ", but the certificate is "
                        + other.id() + ".",
                SecurityObservation.HOSTILE_RECORD);
    }

    @Test
    void anOrderForAnUnknownCertificateIsPutAside() {
        var unknown = journey.authority.issue("D1");
        journey.revocationOrdered(unknown, RevocationReason.SUPERSEDED);

        assertPutAside(
                "No certificate with the id " + unknown.id() + " is in the inventory.",
                SecurityObservation.HOSTILE_RECORD);
    }

    @Test
    void anOrderUnderAnotherKeyIsPutAside() {
        var certificate = journey.issued("D1");
        journey.read(Topics.CERTIFICATE_STATUS, CertificateStatus.class);
        journey.write(
                Topics.REVOCATION_REQUESTED,
                "another",
                journey.orderEvent(certificate, RevocationReason.SUPERSEDED).build());

        assertPutAside(
                "The record's key is not its certificate id " + certificate.id() + ".",
                SecurityObservation.HOSTILE_RECORD);
    }

    @Test
    void aSecondCertificateUnderTheSameIdIsPutAside() {
        var certificate = journey.issued("D1");
        journey.read(Topics.CERTIFICATE_STATUS, CertificateStatus.class);
        var forged = new IssuedCertificate(
                CertificateId.parse(certificate.id().value()),
                "D1",
                certificate.enrollmentId(),
                certificate.profile(),
                certificate.notBefore(),
                certificate.notAfter(),
                journey.authority.issue("D2").der());
        journey.writeBytes(
                "test.revocation-service-certificate-by-id-repartition",
                certificate.id().value(),
                Outgoing.encode(
                        Topics.CERTIFICATE_ISSUED, journey.issuedEvent(forged).build()));

        assertPutAside(
                "Another certificate with the id " + certificate.id() + " is in the inventory.",
                SecurityObservation.HOSTILE_RECORD);
    }

    private void assertPutAside(String cause, SecurityObservation observation) {
        assertThat(journey.read(Topics.deadLetter(Principal.REVOCATION_SERVICE), DeadLetter.class))
                .extracting(DeadLetter::getCause)
                .containsExactly(cause);
        assertThat(journey.read(Topics.SECURITY_OBSERVED, SecurityObserved.class))
                .extracting(SecurityObserved::getObservation)
                .containsExactly(observation);
        assertThat(journey.read(Topics.CERTIFICATE_STATUS, CertificateStatus.class))
                .isEmpty();
    }
}
