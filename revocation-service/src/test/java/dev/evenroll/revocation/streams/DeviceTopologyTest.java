package dev.evenroll.revocation.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.Der;
import dev.evenroll.revocation.device.DeviceInventory;
import dev.evenroll.revocation.device.Horizon;
import dev.evenroll.revocation.life.CertificateLife;
import dev.evenroll.revocation.life.IssuedCertificate;
import dev.evenroll.schemas.event.Acceptance;
import dev.evenroll.schemas.event.CertificateRevoked;
import dev.evenroll.schemas.event.CertificateState;
import dev.evenroll.schemas.event.CertificateStatus;
import dev.evenroll.schemas.event.CertificateUsed;
import dev.evenroll.schemas.event.CommandResult;
import dev.evenroll.schemas.event.DeadLetter;
import dev.evenroll.schemas.event.DeletionDue;
import dev.evenroll.schemas.event.DeviceDescription;
import dev.evenroll.schemas.event.DeviceState;
import dev.evenroll.schemas.event.InstallationOverdue;
import dev.evenroll.schemas.event.RegisteredDevice;
import dev.evenroll.schemas.event.RenewalDue;
import dev.evenroll.schemas.event.RenewalOverdue;
import dev.evenroll.schemas.event.RenewalUrgency;
import dev.evenroll.schemas.event.RevocationReason;
import dev.evenroll.schemas.event.RevocationRequested;
import dev.evenroll.schemas.topic.Principal;
import dev.evenroll.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.state.KeyValueStore;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The inventory of devices under the driver: what the registry, the fronts and time make of certificates.
class DeviceTopologyTest {

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

    private void used(IssuedCertificate certificate) {
        journey.write(
                Topics.CERTIFICATE_USED,
                certificate.deviceId(),
                CertificateUsed.newBuilder()
                        .setEnvironment(Journey.ENVIRONMENT)
                        .setOccurredAt(journey.clock.instant())
                        .setDeviceId(certificate.deviceId())
                        .setCertificateId(certificate.id().value())
                        .build());
    }

    private void registered(String deviceId, DeviceState state, long life) {
        journey.write(
                Topics.DEVICE_REGISTRY,
                deviceId,
                RegisteredDevice.newBuilder()
                        .setEnvironment(Journey.ENVIRONMENT)
                        .setOccurredAt(journey.clock.instant())
                        .setDeviceId(deviceId)
                        .setDescription(DeviceDescription.newBuilder()
                                .setManufacturer("Maker")
                                .setModel("M1")
                                .setOcppIdentity("CP-1")
                                .setOwner("Stadtwerke")
                                .setSite("Harbour")
                                .setProfile("charging-station")
                                .build())
                        .setState(state)
                        .setRegisteredAt(journey.clock.instant())
                        .setRevision(1)
                        .setLastCommand(CommandResult.newBuilder()
                                .setCommandId("c")
                                .setActor("rita")
                                .setRefusals(List.of())
                                .build())
                        .setLife(life)
                        .build());
    }

    private List<CertificateState> states() {
        return journey.read(Topics.CERTIFICATE_STATUS, CertificateStatus.class).stream()
                .map(CertificateStatus::getState)
                .toList();
    }

    private List<DeadLetter> deadLetters() {
        return journey.read(Topics.deadLetter(Principal.REVOCATION_SERVICE), DeadLetter.class);
    }

    @Test
    void aCertificateThatIsUsedIsInstalledAndTheOneBeforeIsRetiredAfterTheGrace() {
        var first = journey.issued("D1");
        used(first);
        journey.passes(Duration.ofDays(30));
        var second = journey.issued("D1");
        used(second);
        used(second);

        assertThat(states())
                .containsExactly(
                        CertificateState.ISSUED,
                        CertificateState.INSTALLED,
                        CertificateState.ISSUED,
                        CertificateState.INSTALLED);
        journey.passes(Journey.TERMS.grace().plus(DeviceProcessor.TICK));
        assertThat(journey.read(Topics.CERTIFICATE_STATUS, CertificateStatus.class))
                .singleElement()
                .satisfies(status -> {
                    assertThat(status.getCertificateId()).isEqualTo(first.id().value());
                    assertThat(status.getState()).isEqualTo(CertificateState.SUPERSEDED);
                    assertThat(status.getIssuedAt()).isEqualTo(Journey.START);
                    assertThat(status.getInstalledAt()).isEqualTo(Journey.START);
                    assertThat(status.getSupersededAt()).isNotNull();
                });
    }

    private long written(String store) {
        return journey.driver
                .createOutputTopic(
                        "test.revocation-service-" + store + "-changelog",
                        new StringDeserializer(),
                        new ByteArrayDeserializer())
                .getQueueSize();
    }

    /// Each replica tells of each certificate after each of its starts: a million times what is known.
    @Test
    void whatIsKnownIsNotWrittenAgain() {
        var certificate = journey.issued("D1");
        used(certificate);
        var before = List.of(written("device-by-id"), written("device-by-due-time"), written("renewal-by-due-time"));
        used(certificate);

        assertThat(before).doesNotContain(0L);
        assertThat(List.of(written("device-by-id"), written("device-by-due-time"), written("renewal-by-due-time")))
                .isEqualTo(before);
    }

    @Test
    void aRenewalCarriesWhatABackEndTriggersTheStationWith() {
        registered("D1", DeviceState.ENROLLED, 1);
        var certificate = journey.issued("D1");
        used(certificate);
        journey.passes(Duration.ofDays(240));
        assertThat(journey.read(Topics.RENEWAL_DUE, RenewalDue.class)).isEmpty();
        journey.passes(Duration.ofDays(1));

        assertThat(journey.read(Topics.RENEWAL_DUE, RenewalDue.class))
                .singleElement()
                .satisfies(due -> {
                    assertThat(due.getDeviceId()).isEqualTo("D1");
                    assertThat(due.getUrgency()).isEqualTo(RenewalUrgency.ROUTINE);
                    assertThat(due.getTrigger().getOcppIdentity()).isEqualTo("CP-1");
                    assertThat(due.getTrigger().getSite()).isEqualTo("Harbour");
                    assertThat(due.getTrigger().getCertificateId())
                            .isEqualTo(certificate.id().value());
                    assertThat(due.getTrigger().getNotAfter()).isEqualTo(certificate.notAfter());
                    assertThat(due.getTrigger().getRequestedMessage()).isEqualTo("SignChargingStationCertificate");
                    assertThat(due.getTrigger().getExtendedRequestedMessage()).isEqualTo("SignChargePointCertificate");
                });
        journey.passes(Duration.ofDays(45));
        journey.passes(Duration.ofDays(22));
        assertThat(journey.read(Topics.RENEWAL_DUE, RenewalDue.class))
                .extracting(RenewalDue::getUrgency)
                .containsExactly(RenewalUrgency.SOON, RenewalUrgency.URGENT);
        journey.passes(Duration.ofDays(21));
        assertThat(journey.read(Topics.RENEWAL_OVERDUE, RenewalOverdue.class)).hasSize(1);
        journey.passes(Duration.ofDays(40));
        assertThat(states()).last().isEqualTo(CertificateState.EXPIRED);
    }

    @Test
    void aCertificateThatNobodySeesIsReported() {
        var certificate = journey.issued("D1");
        journey.passes(Journey.TERMS.unseenAfter().plus(DeviceProcessor.TICK));

        assertThat(journey.read(Topics.INSTALLATION_OVERDUE, InstallationOverdue.class))
                .singleElement()
                .satisfies(overdue -> {
                    assertThat(overdue.getCertificateId())
                            .isEqualTo(certificate.id().value());
                    assertThat(overdue.getCertificateInUse()).isNull();
                    assertThat(overdue.getOcppIdentity()).isNull();
                });
    }

    @Test
    void aDecommissionedDeviceHasItsCertificateRevokedAndToBeDeleted() {
        registered("D1", DeviceState.ENROLLED, 1);
        var certificate = journey.issued("D1");
        registered("D1", DeviceState.DECOMMISSIONED, 1);

        assertThat(journey.read(Topics.REVOCATION_REQUESTED, RevocationRequested.class))
                .singleElement()
                .satisfies(order -> {
                    assertThat(order.getReason()).isEqualTo(RevocationReason.CESSATION_OF_OPERATION);
                    assertThat(order.getActor()).isEqualTo("rita");
                    assertThat(order.getCause()).isEqualTo("The device was decommissioned.");
                });
        assertThat(journey.read(Topics.CERTIFICATE_REVOKED, CertificateRevoked.class))
                .singleElement()
                .satisfies(
                        revoked -> assertThat(revoked.getReason()).isEqualTo(RevocationReason.CESSATION_OF_OPERATION));
        var issuer = journey.authority.issuer();
        var key = SubjectPublicKeyInfo.getInstance(issuer.publicKey().getEncoded());
        assertThat(journey.read(Topics.DELETION_DUE, DeletionDue.class))
                .singleElement()
                .satisfies(deletion -> {
                    assertThat(deletion.getCertificateId())
                            .isEqualTo(certificate.id().value());
                    assertThat(deletion.getOcppIdentity()).isEqualTo("CP-1");
                    assertThat(deletion.getIssuerNameHash())
                            .isEqualTo(issuer.subjectDer().sha256Hex());
                    assertThat(deletion.getIssuerKeyHash())
                            .isEqualTo(Der.of(key.getPublicKeyData().getBytes()).sha256Hex());
                    assertThat(deletion.getSerialNumber()).doesNotStartWith("0");
                });
    }

    @Test
    void aCertificateOfAFormerOwnerIsRevokedEvenWhenItComesLater() {
        registered("D1", DeviceState.ENROLLED, 2);
        var late = journey.authority.issue("D1");
        journey.write(
                Topics.CERTIFICATE_ISSUED,
                "D1",
                journey.issuedEvent(late)
                        .setAcceptance(new Acceptance(Journey.START, 1L))
                        .build());
        var own = journey.authority.issue("D1");
        journey.write(
                Topics.CERTIFICATE_ISSUED,
                "D1",
                journey.issuedEvent(own)
                        .setAcceptance(new Acceptance(Journey.START, 2L))
                        .build());

        assertThat(journey.read(Topics.CERTIFICATE_REVOKED, CertificateRevoked.class))
                .singleElement()
                .satisfies(revoked -> {
                    assertThat(revoked.getCertificateId()).isEqualTo(late.id().value());
                    assertThat(revoked.getReason()).isEqualTo(RevocationReason.AFFILIATION_CHANGED);
                });
    }

    @Test
    void aHoldAndItsReleaseAreTold() {
        var certificate = journey.issued("D1");
        used(certificate);
        journey.revocationOrdered(certificate, RevocationReason.CERTIFICATE_HOLD);
        journey.revocationOrdered(certificate, RevocationReason.CERTIFICATE_HOLD);
        journey.revocationOrdered(certificate, RevocationReason.REMOVE_FROM_CRL);
        journey.revocationOrdered(certificate, RevocationReason.REMOVE_FROM_CRL);

        assertThat(states())
                .containsExactly(
                        CertificateState.ISSUED,
                        CertificateState.INSTALLED,
                        CertificateState.ON_HOLD,
                        CertificateState.INSTALLED);
        assertThat(journey.read(Topics.CERTIFICATE_REVOKED, CertificateRevoked.class))
                .extracting(CertificateRevoked::getReason)
                .containsExactly(RevocationReason.CERTIFICATE_HOLD, RevocationReason.REMOVE_FROM_CRL);
        assertThat(journey.read(Topics.DELETION_DUE, DeletionDue.class)).isEmpty();
    }

    @Test
    void aMassOfRenewalsIsPacedAndNoneIsLost() {
        int devices = 50;
        for (int number = 0; number < devices; number++) {
            used(journey.issued("D" + number));
        }
        journey.passes(Duration.ofDays(240));
        var perTick = new ArrayList<Integer>();
        journey.passes(Duration.ofDays(1));
        for (int second = 0; second < devices; second++) {
            perTick.add(journey.read(Topics.RENEWAL_DUE, RenewalDue.class).size());
            journey.passes(DeviceProcessor.TICK);
        }

        assertThat(perTick.stream().mapToInt(Integer::intValue).sum()).isEqualTo(devices);
        assertThat(perTick).allMatch(each -> each <= Journey.RENEWALS_PER_SECOND + 1);
    }

    @Test
    void eachLookAtWhatIsDueIsTimed() {
        journey.passes(DeviceProcessor.TICK);

        assertThat(journey.metrics.timer("evenroll.due.look").count()).isEqualTo(1);
    }

    @Test
    void theHorizonCountsTheNewestCertificateOfEachDevice() {
        registered("D1", DeviceState.ENROLLED, 1);
        used(journey.issued("D1"));
        journey.passes(Duration.ofDays(100));
        journey.issued("D1");
        journey.issued("D2");
        journey.passes(Duration.ofDays(3));

        var sites = journey.horizon.look(journey.clock.instant());
        assertThat(sites)
                .containsOnly(
                        Map.entry("Harbour", new Horizon.Site(Map.of(Horizon.Left.MORE, 1L), 0, 1)),
                        Map.entry(Horizon.NOWHERE, new Horizon.Site(Map.of(Horizon.Left.MORE, 1L), 0, 1)));
        journey.passes(Duration.ofDays(340));
        assertThat(journey.horizon.look(journey.clock.instant()))
                .containsEntry("Harbour", new Horizon.Site(Map.of(Horizon.Left.MONTH, 1L), 1, 1));
    }

    /// What a task finds in its store it counts when it begins.
    @Test
    void whoTakesThePartitionOverCountsWhatIsThere() {
        journey.issued("D1");
        KeyValueStore<String, byte[]> devices = journey.driver.getKeyValueStore(RevocationTopology.DEVICE_BY_ID);
        var stored = DeviceRecords.decode(Objects.requireNonNull(devices.get("D1")));
        var taken = new Horizon();
        var part = taken.open();
        part.move(DeviceInventory.UNKNOWN, stored);

        assertThat(taken.look(journey.clock.instant())).isEqualTo(journey.horizon.look(journey.clock.instant()));
        part.close();
        assertThat(taken.look(journey.clock.instant())).isEmpty();
    }

    /// Pins: whoever came from the version before would not be reminded of any renewal.
    @Test
    void certificatesOfAnEarlierVersionAreToldToTheirDevicesOnce() {
        var former = journey.authority.issue("D1");
        KeyValueStore<String, byte[]> certificates =
                journey.driver.getKeyValueStore(RevocationTopology.CERTIFICATE_BY_ID);
        certificates.put(
                former.id().value(),
                Lives.encode(new CertificateLife.Issued(former, Journey.START), Journey.ENVIRONMENT));
        journey.passes(FormerEntries.PAUSE);
        journey.passes(Duration.ofDays(241));
        assertThat(journey.read(Topics.RENEWAL_DUE, RenewalDue.class)).hasSize(1);

        var later = journey.authority.issue("D2");
        certificates.put(
                later.id().value(),
                Lives.encode(new CertificateLife.Issued(later, Journey.START), Journey.ENVIRONMENT));
        journey.passes(Duration.ofDays(241));
        assertThat(journey.read(Topics.RENEWAL_DUE, RenewalDue.class)).isEmpty();
    }

    @Test
    void aRecordUnderAnotherKeyIsPutAside() {
        var certificate = journey.issued("D1");
        journey.write(
                Topics.CERTIFICATE_USED,
                "D2",
                CertificateUsed.newBuilder()
                        .setEnvironment(Journey.ENVIRONMENT)
                        .setOccurredAt(journey.clock.instant())
                        .setDeviceId("D1")
                        .setCertificateId(certificate.id().value())
                        .build());
        journey.write(
                Topics.CERTIFICATE_USED,
                "D1",
                CertificateUsed.newBuilder()
                        .setEnvironment(Journey.ENVIRONMENT)
                        .setOccurredAt(journey.clock.instant())
                        .setDeviceId("D1")
                        .setCertificateId("nothing")
                        .build());

        assertThat(deadLetters())
                .extracting(DeadLetter::getCause)
                .satisfiesExactly(
                        cause -> assertThat(cause).isEqualTo("The record's key is not its device id D1."),
                        cause -> assertThat(cause).startsWith("The event names no certificate: "));
        assertThat(states()).containsExactly(CertificateState.ISSUED);
    }
}
