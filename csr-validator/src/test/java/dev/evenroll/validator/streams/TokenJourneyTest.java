package dev.evenroll.validator.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.identity.OneTimeToken;
import dev.evenroll.schemas.event.EnrollmentModel;
import dev.evenroll.schemas.state.PendingEnrollment;
import dev.evenroll.validator.registry.DeviceCommand;
import dev.evenroll.validator.simulation.SimulatedDevice;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Enrollment by an installer's one-time token.
class TokenJourneyTest extends Journey {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final OneTimeToken token = OneTimeToken.random(RANDOM);
    private final SimulatedDevice device = installation.device("EVR-1").bearing(token);

    @BeforeEach
    void register() {
        register("EVR-1", dev.evenroll.validator.registry.EnrollmentModel.FIELD);
        create(token);
        validator.registry();
    }

    private void create(OneTimeToken created) {
        validator.command(new DeviceCommand.CreateToken(
                order("EVR-1", "ina"),
                created.sha256(),
                installation.clock().instant().plus(Duration.ofHours(24))));
    }

    private SimulatedDevice guesser() {
        return installation.device("EVR-1").bearing(OneTimeToken.random(RANDOM));
    }

    @Test
    void theTokenOpensTheDoorOnce() {
        var submission = device.submits();
        validator.request(submission, 3);
        var authorized = authorization();
        assertThat(authorized.getEnrollmentId()).isEqualTo(submission.enrollmentId());
        assertThat(authorized.getModel()).isEqualTo(EnrollmentModel.FIELD);
        assertThat(authorized.getRequester()).isEqualTo("token of ina");
        assertThat(authorized.getApprover()).isNull();
        assertThat(authorized.getPolicy()).isNull();

        validator.request(device.withKeys(Keys.generateP256()).submits(), 4);
        assertThat(answers()).containsExactly("4: token-refused");
        assertThat(refusals()).containsExactly("token-spent");
        assertThat(validator.observations()).singleElement().satisfies(observed -> {
            assertThat(observed.getObservation().name()).isEqualTo("TOKEN_REFUSED");
            assertThat(observed.getSubject()).isEqualTo("EVR-1");
            assertThat(observed.getAttributes()).contains(Map.entry("remoteAddress", "192.0.2.1"));
        });
    }

    /// Pins: a gateway could send any certificate beside the token, and a person compared its fingerprint.
    @Test
    void aPersonIsShownNoCertificateThatNobodyHasVerified() {
        quarantine("EVR-1");
        var foreign = installation.device("EVR-2").chain();
        validator.request(device.presenting(foreign).submits(), 1);
        assertThat(validator.pending()).singleElement().satisfies(pending -> {
            assertThat(pending.getRequester()).isEqualTo("token of ina");
            assertThat(pending.getRequesterSha256()).isNull();
            assertThat(pending.getKeySha256()).isNotNull();
        });
        assertThat(approvals()).singleElement().satisfies(pending -> {
            var approval = ApprovalRecords.toDomain(pending);
            assertThat(approval.requesterSha256()).isNull();
            assertThat(approval.keySha256()).isNotNull();
        });
    }

    private List<PendingEnrollment> approvals() {
        var waiting = new ArrayList<PendingEnrollment>();
        try (var entries = validator
                .<String, PendingEnrollment>getKeyValueStore(StoreNames.PENDING_BY_DEVICE)
                .all()) {
            entries.forEachRemaining(entry -> waiting.add(entry.value));
        }
        return waiting;
    }

    /// Two gateways, one partition: whichever request stands first on the topic wins.
    @Test
    void ofTwoSimultaneousUsesExactlyOneWinsInAnyOrder() {
        var random = new Random(20261122);
        for (var round = 0; round < 50; round++) {
            var fresh = OneTimeToken.random(RANDOM);
            create(fresh);
            var one = installation.device("EVR-1").bearing(fresh).submits();
            var other = installation.device("EVR-1").bearing(fresh).submits();
            String winner = null;
            for (var step = 0; step < 8; step++) {
                var submission = random.nextBoolean() ? one : other;
                validator.request(submission, random.nextInt(12));
                winner = winner == null ? submission.enrollmentId() : winner;
            }
            var authorized = authorization();
            assertThat(authorized.getEnrollmentId()).isEqualTo(winner);
            assertThat(refusals()).allMatch("token-spent"::equals);
            // Else the device would have too many under way after some rounds.
            validator.refuseIssuance(authorized);
            validator.refusals();
            validator.answers();
        }
    }

    @Test
    void theSameRequestTenTimesIsOneEnrollment() {
        var submission = device.submits();
        for (var time = 0; time < 10; time++) {
            validator.request(submission, time);
        }
        validator.issue(authorization());
        assertThat(answers()).hasSize(9).allMatch(answer -> answer.endsWith(": certificate"));
        for (var time = 0; time < 10; time++) {
            validator.request(submission, time);
        }
        assertThat(answers()).hasSize(10).allMatch(answer -> answer.endsWith(": certificate"));
        assertThat(authorized()).isEmpty();
        assertThat(refusals()).isEmpty();
    }

    @Test
    void theFifthWrongTokenLocksTheRightOne() {
        for (var attempt = 1; attempt <= 4; attempt++) {
            validator.request(guesser().submits(), 0);
            assertThat(observed()).containsExactly("TOKEN_REFUSED");
        }
        assertThat(validator.registry()).isEmpty();
        validator.request(guesser().submits(), 0);
        assertThat(validator.observations())
                .extracting(observed -> observed.getObservation() + " " + observed.getMessage())
                .anySatisfy(
                        text -> assertThat(text).startsWith("TOKEN_REFUSED A request of token for the device EVR-1"))
                .contains("TOKEN_LOCKED The one-time token of the device EVR-1 is locked after 5 wrong ones. "
                        + "Find out who guesses; create a new token to let the installer go on.");
        assertThat(registry()).containsExactly("REGISTERED TOKEN_LOCKED 1");
        assertThat(answers()).hasSize(5).containsOnly("0: token-refused");
        validator.refusals();

        validator.request(device.submits(), 1);
        assertThat(refusals()).containsExactly("token-locked");
        assertThat(answers()).containsExactly("1: token-refused");
        assertThat(observed()).containsExactly("TOKEN_REFUSED");
        validator.request(guesser().submits(), 0);
        assertThat(observed()).containsExactly("TOKEN_REFUSED");
        assertThat(validator.registry()).isEmpty();

        var next = OneTimeToken.random(RANDOM);
        create(next);
        validator.request(installation.device("EVR-1").bearing(next).submits(), 1);
        assertThat(authorized()).hasSize(1);
    }

    @Test
    void aNewTokenTakesThePlaceOfTheFormerOne() {
        var next = OneTimeToken.random(RANDOM);
        create(next);
        validator.request(device.submits(), 0);
        assertThat(refusals()).containsExactly("token-replaced");
        assertThat(answers()).containsExactly("0: token-refused");
        validator.request(installation.device("EVR-1").bearing(next).submits(), 0);
        assertThat(authorized()).hasSize(1);
    }

    /// Pins: a device that goes on asking with the token that it had was taken for a guesser, and locked the new one.
    @Test
    void theFormerTokenDoesNotLockTheNewOne() {
        quarantine("EVR-1");
        var waits = device.submits();
        validator.request(waits, 1);
        create(OneTimeToken.random(RANDOM));
        var next = OneTimeToken.random(RANDOM);
        create(next);
        for (var time = 0; time < 6; time++) {
            validator.request(waits, 1);
        }
        assertThat(observed()).hasSize(6).containsOnly("TOKEN_REFUSED");
        validator.answers();
        validator.request(installation.device("EVR-1").bearing(next).submits(), 1);
        assertThat(answers()).containsExactly("1: waits 10");
    }

    @Test
    void anExpiredTokenIsRefused() {
        pass(Duration.ofHours(24).plusMillis(1));
        validator.request(device.submits(), 0);
        assertThat(refusals()).containsExactly("token-expired");
        assertThat(observed()).containsExactly("TOKEN_REFUSED");
    }

    @Test
    void aTokenStaysSpentWhenTheCaRefusesAndOpensForTheSameEnrollmentOnly() {
        var submission = device.submits();
        validator.request(submission, 0);
        validator.refuseIssuance(authorization());
        validator.request(device.withKeys(Keys.generateP256()).submits(), 0);
        assertThat(refusals()).containsExactly("token-spent");

        pass(Duration.ofDays(3));
        validator.request(submission, 0);
        validator.issue(authorization());
        validator.answers();
        validator.request(submission, 5);
        assertThat(answers()).containsExactly("5: certificate");
    }

    /// Pins: who holds the token and the stolen key gets no certificate in the place of the revoked one.
    @Test
    void aTokenIsGoodForOneCertificate() {
        var submission = device.submits();
        validator.request(submission, 0);
        var issued = validator.issue(authorization());
        validator.revoke(ValidatorDriver.certificate(issued));
        validator.request(submission, 0);
        assertThat(refusals()).containsExactly("token-spent");
        assertThat(authorized()).isEmpty();
    }

    @Test
    void aKeyOfAnotherDeviceSpendsTheTokenAllTheSame() {
        register("EVR-2", dev.evenroll.validator.registry.EnrollmentModel.FACTORY);
        var other = installation.device("EVR-2");
        validator.request(other.submits(), 0);
        validator.request(device.withKeys(other.keys()).submits(), 1);
        assertThat(refusals()).containsExactly("key-claim");
        validator.request(device.submits(), 1);
        assertThat(refusals()).containsExactly("token-spent");
    }

    @Test
    void withAnotherOwnerOrAtTheEndOfItsLifeADeviceHasNoToken() {
        validator.command(new DeviceCommand.Transfer(order("EVR-1", "alice"), "Charge Here Ltd", "Yard"));
        validator.command(new DeviceCommand.Transfer(order("EVR-1", "alice"), "Other Ltd", "Yard"));
        validator.request(device.submits(), 0);
        assertThat(refusals()).containsExactly("token-none");
        create(token);
        validator.command(new DeviceCommand.Decommission(order("EVR-1", "alice"), "scrapped"));
        register("EVR-1", dev.evenroll.validator.registry.EnrollmentModel.FIELD);
        validator.request(device.submits(), 0);
        assertThat(refusals()).containsExactly("token-none");
    }

    @Test
    void atAnotherSiteOfTheSameOwnerTheTokenStays() {
        validator.command(new DeviceCommand.Transfer(order("EVR-1", "alice"), "Charge Here Ltd", "Yard"));
        validator.request(device.submits(), 0);
        assertThat(authorized()).hasSize(1);
    }

    @Test
    void theTokenOfADeviceInQuarantineIsSpentWhenItsEnrollmentBeginsToWait() {
        quarantine("EVR-1");
        var submission = device.submits();
        validator.request(submission, 2);
        assertThat(answers()).containsExactly("2: waits 10");
        validator.request(device.withKeys(Keys.generateP256()).submits(), 2);
        assertThat(refusals()).containsExactly("token-spent");
        validator.answers();

        // It has waited longer than the token was good for.
        pass(Duration.ofDays(3));
        validator.request(submission, 2);
        assertThat(answers()).containsExactly("2: waits 600");
        approve(submission);
        assertThat(authorization().getApprover()).isEqualTo("ada");
    }
}
