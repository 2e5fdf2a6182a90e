package dev.evenroll.validator.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.authority.Keys;
import dev.evenroll.schemas.event.DeviceState;
import dev.evenroll.schemas.event.EnrollmentModel;
import dev.evenroll.schemas.event.Finding;
import dev.evenroll.schemas.event.Refused;
import dev.evenroll.schemas.state.QuotaUse;
import dev.evenroll.validator.simulation.Installation;
import dev.evenroll.validator.validation.Submission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// How many devices that nobody registered a policy enters in an hour, and what counts.
class JustInTimeQuotaJourneyTest extends JustInTimeJourney {

    @Test
    void overTheQuotaADeviceIsRefusedUntilTheNextHour() {
        policy("allow", "register", 2);
        installation.clock().advance(Duration.ofMinutes(59));
        validator.request(installation.device("EVR-1").submits(), 1);
        validator.request(installation.device("EVR-2").submits(), 2);
        assertThat(authorized()).hasSize(2);
        var third = installation.device("EVR-3").submits();
        validator.request(third, 3);
        assertThat(validator.refusals()).singleElement().satisfies(refused -> {
            assertThat(refused.getFindings())
                    .containsExactly(new Finding(
                            "policy-quota",
                            "policy: the quota of rollout, 2 in a clock hour, is used up; "
                                    + "ask again after 2026-11-22T11:00:00Z"));
            assertThat(refused.getModel()).isEqualTo(EnrollmentModel.JUST_IN_TIME);
            assertThat(refused.getPolicy().getPolicy()).isEqualTo("rollout");
            assertThat(refused.getRequester()).isEqualTo("serialNumber=EVR-3,O=Acme");
            assertThat(refused.getAfterAcceptance()).isTrue();
        });
        assertThat(validator.answers()).singleElement().satisfies(answer -> {
            assertThat(answer.partition()).isEqualTo(3);
            assertThat(((Refused) answer.outcome().getResult()).getFindings()).hasSize(1);
        });
        assertThat(validator.count("evenroll.validator.decisions", "result", "quota-exhausted"))
                .isEqualTo(1);
        // It ended the enrollment in flight: the same request is judged, and counted, anew.
        validator.request(third, 3);
        assertThat(refusals()).containsExactly("policy-quota");
        assertThat(answers()).containsExactly("3: policy-quota");
        pass(Duration.ofMinutes(1));
        validator.request(third, 3);
        assertThat(authorized()).containsExactly(third.enrollmentId());
    }

    /// The requests of many devices, in many partitions, come together in the partition of the policy.
    @Test
    void theQuotaIsExactOverAllDevicesAndRepeats() {
        policy("allow", "register", 7);
        var random = new Random(20261122);
        var submissions = new ArrayList<Submission>();
        for (var number = 0; number < 12; number++) {
            submissions.add(installation.device("EVR-" + number).submits());
        }
        for (var step = 0; step < 200; step++) {
            validator.request(submissions.get(random.nextInt(12)), random.nextInt(12));
        }
        assertThat(authorized()).hasSize(7).doesNotHaveDuplicates();
    }

    @Test
    void oneEnrollmentAskedForTenTimesCountsOnce() {
        policy("allow", "register", 2);
        var submission = installation.device("EVR-1").submits();
        for (var time = 0; time < 10; time++) {
            validator.request(submission, time);
        }
        var issued = authorization();
        validator.issue(issued);
        for (var time = 0; time < 10; time++) {
            validator.request(submission, time);
        }
        validator.request(installation.device("EVR-2").submits(), 0);
        assertThat(authorized()).hasSize(1);
        assertThat(refusals()).isEmpty();
    }

    @Test
    void aCopiedKeyIsFoundOutBehindAQuotaToo() {
        policy("allow", "register", 10);
        var keys = Keys.generateP256();
        validator.request(installation.device("EVR-1").withKeys(keys).submits(), 1);
        validator.request(installation.device("EVR-2").withKeys(keys).submits(), 2);
        assertThat(authorized()).hasSize(1);
        assertThat(refusals()).containsExactly("key-claim");
        assertThat(answers()).containsExactly("2: key-claim");
        assertThat(observed()).isEqualTo(List.of("KEY_CLAIMED_BY_ANOTHER_DEVICE"));
    }

    /// Pins: the quota was counted before the key was claimed, and one copied key used it up.
    @Test
    void whatTheKeyClaimRefusesIsNotCounted() {
        policy("allow", "register", 2);
        var keys = Keys.generateP256();
        validator.request(installation.device("EVR-1").withKeys(keys).submits(), 1);
        for (var number = 2; number < 9; number++) {
            validator.request(
                    installation.device("EVR-" + number).withKeys(keys).submits(), number);
        }
        assertThat(refusals()).hasSize(7).containsOnly("key-claim");
        validator.request(installation.device("EVR-9").submits(), 1);
        assertThat(authorized()).hasSize(2);
        validator.request(installation.device("EVR-10").submits(), 1);
        assertThat(refusals()).containsExactly("policy-quota");
    }

    @Test
    void whatTheQuotaRefusesLeavesTheKeyWithTheDevice() {
        policy("allow", "register", 1);
        validator.request(installation.device("EVR-1").submits(), 1);
        var keys = Keys.generateP256();
        validator.request(installation.device("EVR-2").withKeys(keys).submits(), 2);
        assertThat(refusals()).containsExactly("policy-quota");
        validator.request(installation.device("EVR-3").withKeys(keys).submits(), 3);
        assertThat(refusals()).containsExactly("key-claim");
        pass(Duration.ofHours(1));
        authorized();
        validator.request(installation.device("EVR-2").withKeys(keys).submits(), 2);
        assertThat(authorized()).hasSize(1);
    }

    /// Pins: a device was entered before the quota was counted, and stayed.
    @Test
    void anUnknownDeviceIsEnteredOnlyWithinTheQuota() {
        policy("allow", "register", 1);
        validator.request(installation.device("EVR-1").submits(), 1);
        assertThat(registry()).containsExactly("REGISTERED ADMITTED 1");
        var second = installation.device("EVR-2").submits();
        validator.request(second, 2);
        assertThat(refusals()).containsExactly("policy-quota");
        assertThat(registry()).isEmpty();
        pass(Duration.ofHours(1));
        validator.request(second, 2);
        assertThat(validator.registry()).singleElement().satisfies(entry -> {
            assertThat(entry.getDeviceId()).isEqualTo("EVR-2");
            assertThat(entry.getState()).isEqualTo(DeviceState.REGISTERED);
            assertThat(entry.getChange().name()).isEqualTo("ADMITTED");
            assertThat(entry.getDescription().getOwner()).isEqualTo(Installation.OWNER);
            assertThat(entry.getDescription().getEnrollmentModels()).containsExactly(EnrollmentModel.JUST_IN_TIME);
            assertThat(entry.getLastCommand().getActor()).isEqualTo("policy:rollout");
        });
        var authorizations = validator.authorizations();
        assertThat(authorizations).hasSize(2);
        validator.issue(authorizations.getLast());
        assertThat(registry()).containsExactly("ENROLLED CERTIFIED 2");
        assertThat(validator.count(
                        "evenroll.validator.verdicts",
                        "verdict",
                        "authorized",
                        "model",
                        "just-in-time",
                        "policy",
                        "rollout"))
                .isEqualTo(2);
    }

    @Test
    void aDeviceWithTwoRequestsUnderWayIsEnteredOnce() {
        policy("allow", "register", 5);
        validator.request(installation.device("EVR-1").submits(), 1);
        validator.request(installation.device("EVR-1").submits(), 1);
        assertThat(authorized()).hasSize(2);
        assertThat(registry()).containsExactly("REGISTERED ADMITTED 1");
    }

    @Test
    void anEnrollmentThatTheCaRefusesCountsOnceHoweverOftenItIsRepeated() {
        policy("allow", "register", 2);
        var submission = installation.device("EVR-1").submits();
        for (var time = 0; time < 5; time++) {
            validator.request(submission, time);
            validator.refuseIssuance(authorization());
        }
        validator.request(installation.device("EVR-2").submits(), 1);
        assertThat(authorized()).hasSize(1);
        validator.request(installation.device("EVR-3").submits(), 1);
        assertThat(refusals()).containsExactly("policy-quota");
    }

    @Test
    void whatWasCountedIsForgottenWithItsHour() {
        policy("allow", "register", 3);
        var first = installation.device("EVR-1").submits();
        validator.request(first, 1);
        validator.request(installation.device("EVR-2").submits(), 1);
        validator.refuseIssuance(validator.authorizations().getFirst());
        assertThat(counted()).isEqualTo(3);
        pass(Duration.ofHours(1));
        validator.request(installation.device("EVR-3").submits(), 1);
        assertThat(counted()).isEqualTo(2);
        validator.request(first, 1);
        assertThat(counted()).isEqualTo(3);
    }

    /// Entries of the store: one for the policy, one for each enrollment of the hour.
    private int counted() {
        var count = 0;
        try (var entries = validator
                .<String, QuotaUse>getKeyValueStore(StoreNames.QUOTA_BY_POLICY)
                .all()) {
            while (entries.hasNext()) {
                entries.next();
                count++;
            }
        }
        return count;
    }
}
