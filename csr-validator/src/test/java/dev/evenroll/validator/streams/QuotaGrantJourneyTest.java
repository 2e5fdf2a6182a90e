package dev.evenroll.validator.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.Der;
import dev.evenroll.schemas.codec.Codec;
import dev.evenroll.schemas.event.EnrollmentAuthorized;
import dev.evenroll.schemas.event.JobLine;
import dev.evenroll.schemas.event.RegisteredDevice;
import dev.evenroll.schemas.state.KeyClaimRequested;
import dev.evenroll.schemas.topic.Principal;
import dev.evenroll.validator.registry.DeviceCommand;
import dev.evenroll.validator.registry.EnrollmentModel;
import dev.evenroll.validator.simulation.Installation;
import dev.evenroll.validator.simulation.SimulatedDevice;
import dev.evenroll.validator.validation.Submission;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What happens while an enrollment is on its way to the quota of its policy, and back.
class QuotaGrantJourneyTest extends Journey {

    private static final String DEVICE = "EVR-1";

    private final SimulatedDevice device = installation.device(DEVICE);
    private final Submission submission = device.submits();

    @BeforeEach
    void policy() {
        installation.decidesBy("""
                version: a
                policies:
                  - name: rollout
                    match: { manufacturer: acme }
                    decision: allow
                    unknownDevices: register
                    register: { owner: %s, site: unassigned, model: X1, ocppIdentity: "{serialNumber}" }
                    quotaPerHour: 5
                """.formatted(Installation.OWNER));
    }

    /// The grant, as if it came back only now: the driver lets nothing happen before it does.
    private void grant(EnrollmentAuthorized early) {
        var claim = KeyClaimRequested.newBuilder()
                .setOccurredAt(early.getOccurredAt())
                .setEnrollmentId(early.getEnrollmentId())
                .setDeviceId(early.getDeviceId())
                .setProfile(early.getProfile())
                .setOrganization(early.getOrganization())
                .setSubjectPublicKeyInfo(early.getSubjectPublicKeyInfo())
                .setRemoteAddress("192.0.2.1")
                .setReplyPartition(early.getReplyPartition())
                .setModel(early.getModel())
                .setPolicy(early.getPolicy())
                .setQuotaPerHour(5)
                .setRequester(early.getRequester())
                .setAcceptance(early.getAcceptance())
                .build();
        validator
                .createInputTopic(
                        Principal.CSR_VALIDATOR.applicationId("test") + "-quota-grant-repartition",
                        new StringSerializer(),
                        new ByteArraySerializer())
                .pipeInput(new TestRecord<>(
                        DEVICE,
                        Codec.of(KeyClaimRequested.class).encode(claim),
                        installation.clock().instant()));
    }

    @Test
    void aGrantThatNothingHasOvertakenIsAuthorized() {
        validator.request(submission, 1);
        grant(authorization());
        assertThat(authorized()).containsExactly(submission.enrollmentId());
        assertThat(refusals()).isEmpty();
    }

    /// Pins: the key was claimed before the block, and authorized after whoever blocked it had been told.
    @Test
    void aKeyThatIsBlockedMeanwhileIsNotAuthorized() {
        validator.request(submission, 1);
        validator.request(submission, new JobLine("j", 1));
        var early = authorization();
        block(Der.of(device.keys().getPublic().getEncoded()).sha256Hex(), "c1", "copied");
        grant(early);
        assertThat(authorized()).isEmpty();
        assertThat(answers()).containsExactly("1: key-blocked");
        assertThat(lines()).containsExactly("j/1: key-blocked");
        assertThat(validator.refusals()).singleElement().satisfies(refused -> {
            assertThat(refused.getAfterAcceptance()).isTrue();
            assertThat(refused.getPolicy().getPolicy()).isEqualTo("rollout");
        });
        assertThat(observed()).containsExactly("BLOCKED_KEY_PRESENTED");
        assertThat(validator.count("evenroll.validator.decisions", "result", "key-blocked"))
                .isEqualTo(1);
    }

    /// Pins: a certificate was made of it, only for a person to revoke.
    @Test
    void whatIsOutdatedMeanwhileIsNotAuthorized() {
        validator.request(submission, 1);
        var early = authorization();
        validator.command(new DeviceCommand.Decommission(order(DEVICE, "alice"), "scrapped"));
        register(DEVICE, EnrollmentModel.JUST_IN_TIME);
        validator.registry();
        grant(early);
        assertThat(authorized()).isEmpty();
        assertThat(answers()).containsExactly("1: device-changed");
        assertThat(refusals()).containsExactly("device-changed");
        assertThat(registry()).isEmpty();
        assertThat(validator.count("evenroll.validator.decisions", "result", "overtaken"))
                .isEqualTo(1);
        // The same request is judged by what the device is now.
        validator.request(submission, 2);
        assertThat(authorized()).containsExactly(submission.enrollmentId());
    }

    /// Pins: a registrar entered the unknown device meanwhile, for another operator.
    @Test
    void whatARegistrarHasEnteredMeanwhileIsNotAuthorizedForThePolicysOperator() {
        validator.request(submission, 1);
        var early = authorization();
        validator
                .<String, RegisteredDevice>getKeyValueStore(StoreNames.DEVICE_BY_ID)
                .delete(DEVICE);
        register(DEVICE, EnrollmentModel.FACTORY);
        grant(early);
        assertThat(authorized()).isEmpty();
        assertThat(answers()).containsExactly("1: device-changed");
    }

    /// Pins: both grants were authorized, and one enrollment got two certificates.
    @Test
    void aGrantOfWhatWasJudgedAnewSinceIsNotAuthorized() {
        validator.request(submission, 1);
        var early = authorization();
        pass(ValidatorDriver.IN_FLIGHT_LIMIT);
        validator.request(submission, 2);
        authorization();
        grant(early);
        assertThat(authorized()).isEmpty();
        assertThat(refusals()).isEmpty();
    }

    @Test
    void whatHasEndedMeanwhileIsNotAuthorizedAgain() {
        validator.request(submission, 1);
        var early = authorization();
        validator.issue(early);
        validator.answers();
        grant(early);
        assertThat(authorized()).isEmpty();
        assertThat(answers()).isEmpty();
        assertThat(refusals()).isEmpty();
    }
}
