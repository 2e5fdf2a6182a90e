package dev.evenroll.validator.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.schemas.codec.Codec;
import dev.evenroll.schemas.event.CertificateIssued;
import dev.evenroll.schemas.event.DeadLetter;
import dev.evenroll.schemas.event.DeviceCommanded;
import dev.evenroll.schemas.event.DeviceDescription;
import dev.evenroll.schemas.event.EnrollmentAuthorized;
import dev.evenroll.schemas.event.EnrollmentRequested;
import dev.evenroll.schemas.event.Issued;
import dev.evenroll.schemas.event.RegisterDevice;
import dev.evenroll.schemas.event.SecurityObservation;
import dev.evenroll.schemas.topic.Topic;
import dev.evenroll.schemas.topic.Topics;
import dev.evenroll.validator.simulation.Installation;
import dev.evenroll.validator.simulation.SimulatedDevice;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Records that may not stand on their topic: put aside with a cause and reported; the next record is
/// served.
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class HostileRecordTest {

    @TempDir
    private Path state;

    private final Installation installation = new Installation();
    private final SimulatedDevice device = installation.device("EVR-1");
    private ValidatorDriver validator;

    @BeforeEach
    void start() {
        validator = ValidatorDriver.start(installation, state);
    }

    @AfterEach
    void stop() {
        validator.close();
    }

    static Stream<Topic> sources() {
        return Stream.of(
                Topics.DEVICE_COMMANDED,
                Topics.ENROLLMENT_REQUESTED,
                Topics.ENROLLMENT_REFUSED,
                Topics.CERTIFICATE_ISSUED,
                Topics.CERTIFICATE_REVOKED,
                Topics.ISSUANCE_REFUSED,
                Topics.KEY_COMMANDED);
    }

    /// Pins: what follows from an oversized record is too large for its topic, which would end the stream thread.
    @ParameterizedTest
    @MethodSource("sources")
    void anOversizedRecordOfEverySourceIsPutAside(Topic source) {
        validator.pipe(source, "EVR-1", new byte[EventProcessor.LARGEST_EVENT_BYTES + 1]);
        assertThat(validator.observations())
                .singleElement()
                .satisfies(seen -> assertThat(seen.getMessage()).contains("262145 bytes is larger than any"));
    }

    /// Pins: one enrollment, one certificate, even when the issuer was made to do its work again.
    @Test
    void aSecondCertificateOfAnEnrollmentIsReportedAndNotHandedOut() {
        validator.register("EVR-1");
        var submission = device.submits();
        validator.request(submission, 0);
        var authorized = validator.authorizations().getFirst();
        var first = validator.issue(authorized);
        validator.issue(authorized);
        assertThat(validator.observations())
                .singleElement()
                .satisfies(seen -> assertThat(seen.getMessage()).contains("A second certificate was issued"));
        validator.request(submission, 4);
        assertThat(validator.answers())
                .singleElement()
                .satisfies(answer -> assertThat(((Issued) answer.outcome().getResult()).getCertificate())
                        .isEqualTo(first.getCertificate()));
    }

    @ParameterizedTest
    @MethodSource("sources")
    void undecodableBytesOfEverySourceArePutAside(Topic source) {
        validator.pipe(source, "EVR-1", new byte[] {1, 2, 3});
        var record = source.record().getSimpleName();
        assertPutAside(SecurityObservation.HOSTILE_RECORD, "The value is not a well-formed " + record + ".");
        validator.pipe(source, "EVR-1", (byte[]) null);
        assertPutAside(SecurityObservation.HOSTILE_RECORD, "The value is empty; a " + record + " was expected.");
        validator.pipe(source, null, new byte[] {1, 2, 3});
        assertThat(validator.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.getKey()).isNull();
            assertThat(letter.getSourceTopic()).isEqualTo(source.name("test"));
            assertThat(letter.getValue()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        });
        assertThat(validator.count("evenroll.validator.dead.letters")).isEqualTo(3);
        assertServed();
    }

    @Test
    void anEventOfAnotherEnvironmentIsRefusedAndReported() {
        validator.register("EVR-1");
        validator.pipe(Topics.ENROLLMENT_REQUESTED, "EVR-1", validator.requested(device.submits(), 3, "production"));
        assertPutAside(
                SecurityObservation.FOREIGN_ENVIRONMENT,
                "The event is of the environment \"production\", this service is of \"test\".");
        assertThat(validator.authorizations()).isEmpty();
    }

    @Test
    void aReplyPartitionThatDoesNotExistIsPutAside() {
        validator.register("EVR-1");
        for (var partition : new int[] {-2, 12, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            validator.request(device.submits(), partition);
            assertPutAside(
                    SecurityObservation.HOSTILE_RECORD,
                    "The reply partition " + partition + " does not exist: nobody could be answered.");
        }
        assertThat(validator.authorizations()).isEmpty();
        assertServed();
    }

    @Test
    void anEventUnderTheKeyOfAnotherDeviceIsPutAside() {
        validator.register("EVR-1");
        validator.pipe(Topics.ENROLLMENT_REQUESTED, "EVR-2", validator.requested(device.submits(), 3, "test"));
        assertPutAside(
                SecurityObservation.HOSTILE_RECORD,
                "The record's key is not the device that its event is about: it stands in a wrong place.");
        assertThat(validator.authorizations()).isEmpty();
    }

    @Test
    void aCertificateOfAnUnregisteredDeviceIsReported() {
        var issued = CertificateIssued.newBuilder()
                .setEnvironment("test")
                .setOccurredAt(Instant.EPOCH)
                .setEnrollmentId("ab".repeat(32))
                .setDeviceId("EVR-9")
                .setProfile("charging-station")
                .setIssuerKeyId("ab")
                .setSerialNumber("cd")
                .setNotBefore(Instant.EPOCH)
                .setNotAfter(Instant.EPOCH)
                .setCertificate(ByteBuffer.wrap(new byte[3]))
                .setReplyPartition(0)
                .build();
        validator.pipe(Topics.CERTIFICATE_ISSUED, "EVR-9", issued);
        assertPutAside(
                SecurityObservation.HOSTILE_RECORD,
                "A certificate was issued for a device that the registry does not hold; revoke it.");
    }

    @Test
    void somethingIssuedThatIsNoCertificateIsReported() {
        validator.register("EVR-1");
        validator.request(device.submits(), 0);
        var issued = CertificateIssued.newBuilder(
                        validator.issued(validator.authorizations().getFirst()))
                .setCertificate(ByteBuffer.wrap(new byte[3]))
                .build();
        validator.pipe(Topics.CERTIFICATE_ISSUED, "EVR-1", issued);
        assertThat(validator.deadLetters())
                .singleElement()
                .satisfies(letter -> assertThat(letter.getCause()).startsWith("Something was issued that is no"));
    }

    @Test
    void aCommandThatDescribesNoDeviceIsPutAside() {
        var command = DeviceCommanded.newBuilder()
                .setEnvironment("test")
                .setOccurredAt(Instant.EPOCH)
                .setCommandId("c1")
                .setActor("alice")
                .setDeviceId("EVR-1")
                .setCommand(new RegisterDevice(
                        new DeviceDescription("", "m", "o", "w", "s", List.of(), null, null, "charging-station")))
                .build();
        validator.pipe(Topics.DEVICE_COMMANDED, "EVR-1", command);
        assertPutAside(
                SecurityObservation.HOSTILE_RECORD,
                "The command can not be carried out: manufacturer: is missing; give 1 to 64 characters");
    }

    /// Mutated requests are judged or put aside; nothing stops the partition, and nothing mutated is
    /// authorized for another key or name.
    @Test
    void mutatedRequestsNeverStopThePartition() {
        validator.register("EVR-1");
        var random = new Random(20261122);
        var whole = Codec.of(EnrollmentRequested.class).encode(validator.requested(device.submits(), 3, "test"));
        for (var round = 0; round < 1_000; round++) {
            var bytes = Arrays.copyOf(whole, random.nextInt(8) == 0 ? random.nextInt(whole.length) : whole.length);
            for (var change = random.nextInt(3); change >= 0 && bytes.length > 10; change--) {
                bytes[10 + random.nextInt(bytes.length - 10)] = (byte) random.nextInt(256);
            }
            validator.pipe(Topics.ENROLLMENT_REQUESTED, "EVR-1", bytes);
        }
        assertThat(validator.authorizations()).allSatisfy(this::isForTheDevice);
        validator.deadLetters();
        validator.observations();
        assertServed();
    }

    private void isForTheDevice(EnrollmentAuthorized authorized) {
        assertThat(authorized.getDeviceId()).isEqualTo("EVR-1");
        assertThat(authorized.getSubjectPublicKeyInfo())
                .isEqualTo(ByteBuffer.wrap(device.keys().getPublic().getEncoded()));
    }

    private void assertPutAside(SecurityObservation observation, String cause) {
        assertThat(validator.deadLetters()).extracting(DeadLetter::getCause).containsExactly(cause);
        assertThat(validator.observations()).singleElement().satisfies(observed -> {
            assertThat(observed.getObservation()).isEqualTo(observation);
            assertThat(observed.getMessage()).isEqualTo(cause);
            assertThat(observed.getAttributes()).containsKeys("topic", "partition", "offset");
        });
    }

    private void assertServed() {
        validator.register("EVR-7");
        validator.request(installation.device("EVR-7").submits(), 0);
        assertThat(validator.authorizations())
                .extracting(EnrollmentAuthorized::getDeviceId)
                .containsExactly("EVR-7");
    }
}
