package dev.evenroll.revocation.connection.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.kafka.record.DeadLetters;
import dev.evenroll.kafka.record.Outgoing;
import dev.evenroll.kafka.record.SecurityEvents;
import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.revocation.connection.ConnectionOutcome.Refused;
import dev.evenroll.revocation.connection.KnownDevice;
import dev.evenroll.revocation.connection.KnownDevice.Standing;
import dev.evenroll.revocation.connection.KnownDevices;
import dev.evenroll.revocation.connection.RefusalReason;
import dev.evenroll.revocation.connection.TestStations;
import dev.evenroll.revocation.connection.WithdrawnCertificates;
import dev.evenroll.revocation.connection.WithdrawnCertificates.Withdrawal;
import dev.evenroll.revocation.kafka.AsideRecords;
import dev.evenroll.schemas.codec.Codec;
import dev.evenroll.schemas.codec.UndecodableException;
import dev.evenroll.schemas.event.CertificateRevoked;
import dev.evenroll.schemas.event.CommandResult;
import dev.evenroll.schemas.event.DeviceDescription;
import dev.evenroll.schemas.event.DeviceState;
import dev.evenroll.schemas.event.RegisteredDevice;
import dev.evenroll.schemas.event.RevocationReason;
import dev.evenroll.schemas.event.SecurityObservation;
import dev.evenroll.schemas.event.SecurityObserved;
import dev.evenroll.schemas.topic.Principal;
import dev.evenroll.schemas.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ContentsTest {

    private static final CertificateId ID = new CertificateId("aabb", "01");

    private final TestStations stations = new TestStations();
    private final KnownDevices devices = new KnownDevices();
    private final WithdrawnCertificates withdrawn = new WithdrawnCertificates();
    private final List<ProducerRecord<String, byte[]>> aside = new ArrayList<>();
    private final SecurityEvents events = new SecurityEvents(Principal.REVOCATION_SERVICE, "test", stations.clock);
    private final AsideRecords unusable = new AsideRecords(
            "Record",
            new DeadLetters(Principal.REVOCATION_SERVICE, "test", stations.clock),
            events,
            aside::add,
            new SimpleMeterRegistry());
    private final DeviceContents registry = new DeviceContents("test", devices, unusable);
    private final RevokedContents revocations = new RevokedContents("test", withdrawn, unusable);

    private static ConsumerRecord<String, byte[]> at(String key, byte @Nullable [] value) {
        return new ConsumerRecord<>("topic", 0, 0, key, value);
    }

    private static byte[] device(DeviceState state, String environment) {
        return Outgoing.encode(
                Topics.DEVICE_REGISTRY,
                RegisteredDevice.newBuilder()
                        .setEnvironment(environment)
                        .setOccurredAt(TestStations.NOW)
                        .setDeviceId("SN-1")
                        .setDescription(DeviceDescription.newBuilder()
                                .setManufacturer("Maker")
                                .setModel("M1")
                                .setOcppIdentity("CP-1")
                                .setOwner("Stadtwerke")
                                .setSite("Depot")
                                .setProfile("charging-station")
                                .build())
                        .setState(state)
                        .setRegisteredAt(TestStations.NOW)
                        .setRevision(1)
                        .setLastCommand(CommandResult.newBuilder()
                                .setCommandId("c")
                                .setActor("somebody")
                                .setRefusals(List.of())
                                .build())
                        .build());
    }

    private static byte[] revoked(String environment, RevocationReason reason) {
        return Outgoing.encode(
                Topics.CERTIFICATE_REVOKED,
                CertificateRevoked.newBuilder()
                        .setEnvironment(environment)
                        .setOccurredAt(TestStations.NOW)
                        .setCertificateId(ID.value())
                        .setDeviceId("SN-1")
                        .setReason(reason)
                        .setActor("somebody")
                        .setNotAfter(TestStations.NOW)
                        .build());
    }

    @ParameterizedTest
    @EnumSource(DeviceState.class)
    void everyStateOfTheRegistryHasAStanding(DeviceState state) {
        registry.take(at("SN-1", device(state, "test")));

        var standing = switch (state) {
            case REGISTERED, ENROLLED -> Standing.IN_SERVICE;
            case SUSPENDED -> Standing.SUSPENDED;
            case QUARANTINED -> Standing.QUARANTINED;
            case DECOMMISSIONED -> Standing.DECOMMISSIONED;
            case UNKNOWN -> Standing.UNKNOWN;
        };
        assertThat(devices.find("SN-1")).contains(new KnownDevice("CP-1", "Stadtwerke", "charging-station", standing));
        assertThat(aside).isEmpty();
    }

    @Test
    void aDeviceWhoseRecordCanNotBeReadIsInDoubtUntilOneCan() {
        registry.take(at("SN-1", device(DeviceState.ENROLLED, "test")));
        registry.take(at("SN-1", new byte[] {1}));

        assertThat(devices.find("SN-1")).map(KnownDevice::standing).contains(Standing.UNKNOWN);
        assertThat(observations()).containsExactly(SecurityObservation.HOSTILE_RECORD);

        registry.take(at("SN-1", device(DeviceState.ENROLLED, "test")));
        assertThat(devices.find("SN-1")).map(KnownDevice::standing).contains(Standing.IN_SERVICE);
    }

    @Test
    void aDeviceOfAnotherEnvironmentChangesNothing() {
        registry.take(at("SN-1", device(DeviceState.SUSPENDED, "test")));
        registry.take(at("SN-1", device(DeviceState.ENROLLED, "production")));

        assertThat(devices.find("SN-1")).map(KnownDevice::standing).contains(Standing.SUSPENDED);
        assertThat(observations()).containsExactly(SecurityObservation.FOREIGN_ENVIRONMENT);
    }

    @Test
    void aDeviceThatIsTakenOffTheTopicIsNotKnown() {
        registry.take(at("SN-1", device(DeviceState.ENROLLED, "test")));
        registry.take(at("SN-1", null));

        assertThat(devices.find("SN-1")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = RevocationReason.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"CERTIFICATE_HOLD", "REMOVE_FROM_CRL"})
    void everyRevocationIsForEver(RevocationReason reason) {
        revocations.take(at(ID.value(), revoked("test", reason)));

        assertThat(withdrawn.find(ID)).contains(Withdrawal.REVOKED);
    }

    @Test
    void aHoldEndsWithItsReleaseAndCanBeginAgain() {
        revocations.take(at(ID.value(), revoked("test", RevocationReason.CERTIFICATE_HOLD)));
        assertThat(withdrawn.find(ID)).contains(Withdrawal.ON_HOLD);

        revocations.take(at(ID.value(), revoked("test", RevocationReason.REMOVE_FROM_CRL)));
        assertThat(withdrawn.find(ID)).isEmpty();
        assertThat(withdrawn.size()).isZero();

        revocations.take(at(ID.value(), revoked("test", RevocationReason.CERTIFICATE_HOLD)));
        revocations.take(at(ID.value(), revoked("test", RevocationReason.SUPERSEDED)));
        assertThat(withdrawn.find(ID)).contains(Withdrawal.REVOKED);
        assertThat(aside).isEmpty();
    }

    /// Nobody has one released who only can write the topic: a thief of the service would let a thief of a key in.
    @Test
    void whatIsRevokedForEverIsNotReleased() {
        revocations.take(at(ID.value(), revoked("test", RevocationReason.SUPERSEDED)));
        revocations.take(at(ID.value(), revoked("test", RevocationReason.REMOVE_FROM_CRL)));

        assertThat(withdrawn.find(ID)).contains(Withdrawal.REVOKED);
        assertThat(observations()).containsExactly(SecurityObservation.HOSTILE_RECORD);
    }

    @Test
    void aRevocationThatCanNotBeReadRevokesWhatItsKeyNames() {
        revocations.take(at(ID.value(), new byte[] {1}));
        revocations.take(at("no certificate", new byte[] {1}));

        assertThat(withdrawn.find(ID)).contains(Withdrawal.REVOKED);
        assertThat(withdrawn.size()).isEqualTo(1);
        assertThat(observations())
                .containsExactly(SecurityObservation.HOSTILE_RECORD, SecurityObservation.HOSTILE_RECORD);
    }

    @Test
    void aRevocationOfAnotherEnvironmentRevokesNothing() {
        revocations.take(at(ID.value(), revoked("production", RevocationReason.SUPERSEDED)));

        assertThat(withdrawn.size()).isZero();
        assertThat(observations()).containsExactly(SecurityObservation.FOREIGN_ENVIRONMENT);
    }

    @ParameterizedTest
    @EnumSource(RefusalReason.class)
    void everyRefusalIsAnObservation(RefusalReason reason) throws UndecodableException {
        new RefusalEvents(events, aside::add).report(new Refused(reason, "A sentence.", "CN=SN-1"), 3);

        var event = Codec.of(SecurityObserved.class).decode(aside.getFirst().value());
        assertThat(event.getSubject()).isEqualTo("CN=SN-1");
        assertThat(event.getMessage()).isEqualTo("A connection was refused. A sentence.");
        assertThat(event.getAttributes())
                .isEqualTo(Map.of("interface", "connection", "reason", reason.code(), "suppressed", "3"));
        assertThat(event.getObservation()).isNotEqualTo(SecurityObservation.OTHER);
    }

    private List<SecurityObservation> observations() {
        return aside.stream()
                .filter(each -> each.topic().equals(Topics.SECURITY_OBSERVED.name("test")))
                .map(each -> {
                    try {
                        return Codec.of(SecurityObserved.class)
                                .decode(each.value())
                                .getObservation();
                    } catch (UndecodableException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }
}
