package dev.evenroll.validator.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.authority.CertificationRequests;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.authority.SimulatedTpm;
import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.schemas.event.DeviceState;
import dev.evenroll.schemas.event.EnrollmentAuthorized;
import dev.evenroll.schemas.event.EnrollmentModel;
import dev.evenroll.schemas.event.EnrollmentOutcome;
import dev.evenroll.schemas.event.EnrollmentRefused;
import dev.evenroll.schemas.event.Finding;
import dev.evenroll.schemas.event.Issued;
import dev.evenroll.schemas.event.KeyAssurance;
import dev.evenroll.schemas.event.Refused;
import dev.evenroll.schemas.event.SecurityObservation;
import dev.evenroll.schemas.topic.Topics;
import dev.evenroll.validator.registry.DeviceCommand;
import dev.evenroll.validator.simulation.Installation;
import dev.evenroll.validator.simulation.SimulatedDevice;
import dev.evenroll.validator.streams.ValidatorDriver.Answer;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Enrollments through the whole topology.
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class EnrollmentJourneyTest {

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

    @Test
    void theNextEnrollmentIsOfTheProfileOfNow() {
        validator.register("EVR-1");
        validator.request(device.submits(), 3);
        validator.command(new DeviceCommand.Update(
                DeviceCommand.Order.of("c2", "alice", new DeviceId("EVR-1")),
                ValidatorDriver.REGISTRATION.withProfile("v2g-secc")));
        validator.request(device.withKeys(Keys.generateP256()).submits(), 3);
        assertThat(validator.authorizations())
                .extracting(EnrollmentAuthorized::getProfile)
                .containsExactly("charging-station", "v2g-secc");
        assertThat(validator.registry())
                .extracting(entry -> entry.getDescription().getProfile())
                .contains("v2g-secc");
    }

    @Test
    void aRegisteredDeviceIsAuthorizedForItsOperator() {
        validator.register("EVR-1");
        var submission = device.submits();
        validator.request(submission, 3);

        var authorized = authorization();
        assertThat(authorized.getEnrollmentId()).isEqualTo(submission.enrollmentId());
        assertThat(authorized.getDeviceId()).isEqualTo("EVR-1");
        assertThat(authorized.getEnvironment()).isEqualTo("test");
        assertThat(authorized.getProfile()).isEqualTo("charging-station");
        assertThat(authorized.getAssurance()).isEqualTo(KeyAssurance.SOFTWARE_KEY);
        assertThat(authorized.getOrganization()).isEqualTo(Installation.OWNER);
        assertThat(authorized.getSubjectPublicKeyInfo())
                .isEqualTo(ByteBuffer.wrap(device.keys().getPublic().getEncoded()));
        assertThat(authorized.getReplyPartition()).isEqualTo(3);
        assertThat(validator.answers()).isEmpty();
        assertThat(validator.refusals()).isEmpty();
        assertThat(validator.count("evenroll.validator.decisions", "result", "accepted"))
                .isEqualTo(1);
    }

    /// The issuer turns the assurance into the policy of the certificate: GoldenCertificateTest.
    @Test
    void theAuthorizationSaysWhetherTheKeyIsAttestedWhateverTheModel() {
        installation.trustsAttestationKeysOf(Installation.ACME, installation.acme());
        var tpm = new SimulatedTpm(Keys.generateP256());
        var certificate = installation
                .acme()
                .issueAttestationKey("Acme", "EVR-1", tpm.attestationKey().getPublic());
        validator.register("EVR-1");
        validator.request(device.submitsAttested(tpm, certificate), 3);

        var authorized = authorization();
        assertThat(authorized.getModel()).isEqualTo(EnrollmentModel.FACTORY);
        assertThat(authorized.getAssurance()).isEqualTo(KeyAssurance.ATTESTED_KEY);
    }

    @Test
    void anUnregisteredDeviceIsRefusedAndMayComeBackOnceItIsRegistered() {
        var submission = device.submits();
        validator.request(submission, 3);
        assertThat(rules(validator.refusals())).containsExactly(List.of("device-not-registered"));
        assertThat(validator.answers()).singleElement().satisfies(answer -> {
            assertThat(answer.partition()).isEqualTo(3);
            assertThat(answer.outcome().getEnrollmentId()).isEqualTo(submission.enrollmentId());
            assertThat(refusal(answer.outcome())).containsExactly("device-not-registered");
        });
        assertThat(validator.authorizations()).isEmpty();
        assertThat(validator.count("evenroll.validator.findings", "rule", "device-not-registered"))
                .isEqualTo(1);

        validator.register("EVR-1");
        validator.request(submission, 3);
        assertThat(authorization().getEnrollmentId()).isEqualTo(submission.enrollmentId());
    }

    @Test
    void aDeviceThatPretendsToBeAnotherIsRefused() {
        validator.register("EVR-2");
        validator.request(device.pretendingToBe("EVR-2").submits(), 0);
        assertThat(rules(validator.refusals())).containsExactly(List.of("idevid-serial-number"));
        assertThat(validator.authorizations()).isEmpty();
    }

    @Test
    void aDeviceThatAsksAboutAnotherLearnsNothingButTheAuditLogHasItAll() {
        validator.request(device.pretendingToBe("EVR-2").submits(), 0);
        assertThat(rules(validator.refusals()))
                .containsExactly(List.of("device-not-registered", "idevid-serial-number"));
        assertThat(validator.answers())
                .singleElement()
                .satisfies(answer -> assertThat(refusal(answer.outcome())).containsExactly("idevid-serial-number"));
    }

    @Test
    void aWeakKeyIsRefused() {
        validator.register("EVR-1");
        validator.request(device.withKeys(Keys.generateRsa(1024)).submits(), 0);
        assertThat(rules(validator.refusals())).containsExactly(List.of("weak-key"));
    }

    @Test
    void aKeyThatTheSenderDoesNotHoldIsRefused() {
        validator.register("EVR-1");
        var bytes = CertificationRequests.create(device.keys(), "EVR-1").bytes();
        bytes[bytes.length - 1] ^= 1;
        validator.request(device.submits(Der.of(bytes)), 0);
        assertThat(rules(validator.refusals())).containsExactly(List.of("proof-of-possession"));
    }

    @Test
    void aCopiedKeyIsRefusedAndBothDevicesAreReported() {
        validator.register("EVR-1");
        validator.register("EVR-2");
        validator.request(device.submits(), 1);
        validator.issue(authorization());
        validator.answers();

        var copy = installation.device("EVR-2").withKeys(device.keys());
        validator.request(copy.submits(), 2);
        assertThat(validator.authorizations()).isEmpty();
        assertThat(rules(validator.refusals())).containsExactly(List.of("key-claim"));
        assertThat(validator.answers()).singleElement().satisfies(answer -> {
            assertThat(answer.partition()).isEqualTo(2);
            assertThat(((Refused) answer.outcome().getResult()).getFindings())
                    .extracting(Finding::getMessage)
                    .containsExactly("key: belongs to another device; "
                            + "make a new key pair on this device and enroll with it");
        });
        assertThat(validator.observations()).singleElement().satisfies(observed -> {
            assertThat(observed.getObservation()).isEqualTo(SecurityObservation.KEY_CLAIMED_BY_ANOTHER_DEVICE);
            assertThat(observed.getSubject()).isEqualTo("EVR-2");
            assertThat(observed.getAttributes()).contains(Map.entry("otherDeviceId", "EVR-1"));
        });

        // With a key of its own, the victim of the copy enrolls.
        validator.request(installation.device("EVR-2").submits(), 2);
        assertThat(authorization().getDeviceId()).isEqualTo("EVR-2");
    }

    @Test
    void aRefusedKeyClaimLeavesNothingInFlight() {
        validator.register("EVR-1");
        validator.register("EVR-2");
        validator.request(device.submits(), 1);
        var copy = installation.device("EVR-2").withKeys(device.keys()).submits();
        for (var round = 0; round < 3; round++) {
            validator.request(copy, 2);
            assertThat(rules(validator.refusals())).containsExactly(List.of("key-claim"));
            assertThat(validator.answers()).hasSize(1);
        }
    }

    @Test
    void aRepeatedRequestIsOneEnrollmentAndGetsOneCertificate() {
        validator.register("EVR-1");
        var submission = device.submits();
        for (var round = 0; round < 5; round++) {
            validator.request(submission, 3);
        }
        var issued = validator.issue(authorization());
        // The issuer has answered partition 3 itself.
        assertThat(validator.answers()).isEmpty();
        for (var round = 0; round < 5; round++) {
            validator.request(submission, round);
        }
        assertThat(validator.authorizations()).isEmpty();
        var answers = validator.answers();
        assertThat(answers).extracting(Answer::partition).containsExactly(0, 1, 2, 3, 4);
        assertThat(answers)
                .allSatisfy(answer -> assertThat(certificate(answer.outcome())).isEqualTo(issued.getCertificate()));
    }

    @Test
    void everyGatewayThatWaitsGetsTheSameCertificate() {
        validator.register("EVR-1");
        var submission = device.submits();
        validator.request(submission, 3);
        validator.request(submission, 5);
        validator.request(submission, 3);
        validator.request(submission, 0);
        var issued = validator.issue(authorization());
        var answers = validator.answers();
        assertThat(answers).extracting(Answer::partition).containsExactly(5, 0);
        assertThat(answers)
                .allSatisfy(answer -> assertThat(certificate(answer.outcome())).isEqualTo(issued.getCertificate()));
    }

    @Test
    void anIssuanceThatIsRedeliveredChangesNothing() {
        validator.register("EVR-1");
        validator.request(device.submits(), 3);
        var issued = validator.issue(authorization());
        validator.registry();
        validator.pipe(Topics.CERTIFICATE_ISSUED, "EVR-1", issued);
        assertThat(validator.answers()).isEmpty();
        assertThat(validator.registry()).isEmpty();
    }

    @Test
    void aRefusalOfTheCaAnswersEveryGatewayThatWaitsAndIsNotRemembered() {
        validator.register("EVR-1");
        var submission = device.submits();
        validator.request(submission, 3);
        validator.request(submission, 5);
        validator.refuseIssuance(authorization());
        assertThat(validator.answers()).singleElement().satisfies(answer -> {
            assertThat(answer.partition()).isEqualTo(5);
            assertThat(refusal(answer.outcome())).containsExactly("lint");
        });
        validator.request(submission, 3);
        assertThat(authorization().getEnrollmentId()).isEqualTo(submission.enrollmentId());
    }

    /// Pins: the refusal by the rules comes back on its topic after the device has been registered and
    /// the same request accepted. If it ended the enrollment, a repeat would be authorized a second
    /// time.
    @Test
    void anOldRefusalByTheRulesDoesNotEndALaterEnrollment() {
        var submission = device.submits();
        validator.request(submission, 3);
        var old = validator.refusals().getFirst();
        validator.register("EVR-1");
        validator.request(submission, 3);
        assertThat(validator.authorizations()).hasSize(1);
        validator.pipe(Topics.ENROLLMENT_REFUSED, "EVR-1", old);
        validator.request(submission, 3);
        assertThat(validator.authorizations()).isEmpty();
    }

    @Test
    void anExpiredCertificateIsForgotten() {
        validator.register("EVR-1");
        var submission = device.submits();
        validator.request(submission, 3);
        validator.issue(authorization());
        installation.clock().advance(Duration.ofDays(400));
        validator.request(submission, 3);
        assertThat(validator.authorizations()).hasSize(1);

        validator.request(installation.device("EVR-1").submits(), 3);
        validator.issue(authorization());
        assertThat(enrollments()).hasSize(2);
    }

    @Test
    void theFirstCertificateMakesTheDeviceEnrolled() {
        validator.register("EVR-1");
        validator.registry();
        validator.request(device.submits(), 3);
        validator.issue(authorization());
        assertThat(validator.registry()).singleElement().satisfies(entry -> {
            assertThat(entry.getState()).isEqualTo(DeviceState.ENROLLED);
            assertThat(entry.getRevision()).isEqualTo(2);
        });
        validator.request(installation.device("EVR-1").submits(), 3);
        validator.issue(authorization());
        assertThat(validator.registry()).isEmpty();
    }

    @Test
    void aDeviceRenews() {
        validator.register("EVR-1");
        validator.request(device.submits(), 3);
        authorization();
        var present = installation.issue(
                "EVR-1", Installation.OWNER, Der.of(device.keys().getPublic().getEncoded()));
        validator.request(device.renewing(present).submitsWithOrganization(Installation.OWNER), 4);
        assertThat(authorization().getReplyPartition()).isEqualTo(4);
    }

    private List<String> enrollments() {
        var keys = new java.util.ArrayList<String>();
        try (var entries = validator
                .<String, Object>getKeyValueStore(StoreNames.ENROLLMENT_BY_DEVICE)
                .all()) {
            entries.forEachRemaining(entry -> keys.add(entry.key));
        }
        return keys;
    }

    private EnrollmentAuthorized authorization() {
        var authorizations = validator.authorizations();
        assertThat(authorizations).hasSize(1);
        return authorizations.getFirst();
    }

    private static List<List<String>> rules(List<EnrollmentRefused> refusals) {
        return refusals.stream()
                .map(refusal ->
                        refusal.getFindings().stream().map(Finding::getRule).toList())
                .toList();
    }

    private static List<String> refusal(EnrollmentOutcome outcome) {
        return ((Refused) outcome.getResult())
                .getFindings().stream().map(Finding::getRule).toList();
    }

    private static ByteBuffer certificate(EnrollmentOutcome outcome) {
        return ((Issued) outcome.getResult()).getCertificate();
    }
}
