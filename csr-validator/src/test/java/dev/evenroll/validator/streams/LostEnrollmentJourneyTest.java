package dev.evenroll.validator.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.schemas.event.EnrollmentAuthorized;
import dev.evenroll.schemas.event.JobLine;
import dev.evenroll.schemas.state.EnrollmentState;
import dev.evenroll.schemas.topic.Cleanup;
import dev.evenroll.schemas.topic.Topic;
import dev.evenroll.schemas.topic.Topics;
import dev.evenroll.validator.enrollment.Enrollment;
import dev.evenroll.validator.registry.DeviceCommand;
import dev.evenroll.validator.registry.EnrollmentModel;
import dev.evenroll.validator.simulation.Installation;
import dev.evenroll.validator.validation.Submission;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Enrollments that the issuer never answers.
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class LostEnrollmentJourneyTest extends Journey {

    private static final String DEVICE = "EVR-1";
    private static final Duration LIMIT = ValidatorDriver.IN_FLIGHT_LIMIT;

    private Submission submission;
    private EnrollmentAuthorized unanswered;

    @BeforeEach
    void authorize() {
        register(DEVICE, EnrollmentModel.FACTORY);
        submission = installation.device(DEVICE).submits();
        validator.request(submission, 1);
        unanswered = authorization();
    }

    /// Pins: it stayed in flight for ever, and the device's repeats were answered by silence.
    @Test
    void aRepeatIsJudgedAnewWhenNobodyHasAnsweredInTime() {
        pass(LIMIT.minusMillis(1));
        validator.request(submission, 2);
        assertThat(authorized()).isEmpty();
        assertThat(observed()).isEmpty();
        pass(Duration.ofMillis(1));
        validator.request(submission, 3);
        assertThat(validator.observations()).singleElement().satisfies(observed -> {
            assertThat(observed.getObservation().name()).isEqualTo("SIGNING_FAULT");
            assertThat(observed.getSubject()).isEqualTo(DEVICE);
            assertThat(observed.getMessage())
                    .isEqualTo("An enrollment of the device EVR-1 was accepted at 2026-11-22T10:00:00Z, and has not "
                            + "been answered since: see whether the issuer runs, and whether its consumer groups have "
                            + "lost their offsets.");
            assertThat(observed.getAttributes()).containsEntry("enrollmentId", submission.enrollmentId());
        });
        var again = authorization();
        assertThat(again.getEnrollmentId()).isEqualTo(submission.enrollmentId());
        assertThat(again.getReplyPartition()).isEqualTo(3);
        validator.request(submission, 4);
        assertThat(authorized()).as("in flight again").isEmpty();
        assertThat(observed()).isEmpty();
        validator.issue(again);
        assertThat(answers()).containsExactly("4: certificate");
    }

    @Test
    void theFactsOfThatMomentCount() {
        pass(LIMIT);
        validator.command(new DeviceCommand.Suspend(order(DEVICE, "alice"), "stolen"));
        validator.request(submission, 3);
        assertThat(answers()).containsExactly("3: device-suspended");
    }

    /// The issuer comes back and answers both.
    @Test
    void aFirstCertificateThatComesLateMakesTheOtherASecondOne() {
        pass(LIMIT);
        validator.request(submission, 2);
        var again = authorization();
        observed();
        var late = validator.issue(unanswered);
        assertThat(observed()).isEmpty();
        validator.issue(again);
        assertThat(validator.observations())
                .singleElement()
                .satisfies(
                        observed -> assertThat(observed.getMessage())
                                .isEqualTo(
                                        "A second certificate was issued for one enrollment: revoke it, and see whether the "
                                                + "issuer's consumer groups have lost their offsets, or whether it has answered late."));
        validator.answers();
        validator.request(submission, 3);
        assertThat(validator.answers())
                .singleElement()
                .satisfies(answer -> assertThat(((dev.evenroll.schemas.event.Issued)
                                        answer.outcome().getResult())
                                .getCertificate())
                        .isEqualTo(late.getCertificate()));
    }

    @Test
    void aLateCertificateOfWhatWasNotAskedForAgainIsTheDevices() {
        pass(LIMIT.multipliedBy(3));
        validator.issue(unanswered);
        assertThat(observed()).isEmpty();
        validator.request(submission, 3);
        assertThat(answers()).containsExactly("3: certificate");
    }

    @Test
    void linesThatHaveWaitedGoOnWaiting() {
        validator.request(submission, new JobLine("j", 1));
        pass(LIMIT);
        validator.request(submission, new JobLine("k", 7));
        assertThat(lines()).isEmpty();
        validator.issue(authorization());
        assertThat(lines()).containsExactly("k/7: certificate", "j/1: certificate");
    }

    @Test
    void whenTheDeviceGetsOnWithAnotherWhatIsLostIsForgotten() {
        validator.request(submission, new JobLine("j", 1));
        validator.request(submission, 2);
        pass(LIMIT);
        var other = installation.device(DEVICE).submits();
        validator.request(other, 3);
        assertThat(observed()).containsExactly("SIGNING_FAULT");
        assertThat(answers()).containsExactly("2: enrollment-unanswered");
        assertThat(lines()).containsExactly("j/1: enrollment-unanswered");
        assertThat(kept()).isEqualTo(1);
        validator.issue(authorization());
        validator.request(submission, 2);
        assertThat(authorized()).hasSize(1);
        assertThat(observed()).isEmpty();
    }

    @Test
    void aCertificateOfAnotherEnrollmentForgetsWhatIsLostToo() {
        var other = installation.device(DEVICE).submits();
        validator.request(other, 3);
        var authorized = authorization();
        pass(LIMIT);
        validator.issue(authorized);
        assertThat(observed()).containsExactly("SIGNING_FAULT");
        assertThat(kept()).isEqualTo(1);
    }

    @Test
    void whatIsLostCountsForNoLimit() {
        for (var number = 1; number < 20; number++) {
            validator.request(installation.device(DEVICE).submits(), 1);
        }
        assertThat(authorized()).hasSize(19);
        validator.request(installation.device(DEVICE).submits(), 1);
        assertThat(refusals()).containsExactly("certificate-limit");
        pass(LIMIT);
        validator.request(installation.device(DEVICE).submits(), 1);
        assertThat(authorized()).hasSize(1);
        assertThat(kept()).isEqualTo(1);
    }

    /// What the CA still makes of it is of a former life: it must not be taken for that of the same request now.
    @Test
    void anOutdatedOneIsNotJudgedAnew() {
        validator.command(new DeviceCommand.Decommission(order(DEVICE, "alice"), "scrapped"));
        register(DEVICE, EnrollmentModel.FACTORY);
        pass(LIMIT);
        validator.answers();
        validator.request(submission, 3);
        assertThat(answers()).containsExactly("3: device-changed");
        assertThat(validator.refusals().getFirst().getFindings().getFirst().getMessage())
                .isEqualTo("device: has got another owner, or was decommissioned, since this request was first made; "
                        + "make a new one, with a new key pair");
        assertThat(authorized()).isEmpty();
        validator.request(installation.device(DEVICE).submits(), 4);
        assertThat(authorized()).hasSize(1);
        var former = ValidatorDriver.certificate(validator.issue(unanswered));
        validator.answers();
        validator.request(installation.device(DEVICE).renewing(former).submitsWithOrganization(Installation.OWNER), 5);
        assertThat(answers()).containsExactly("5: renewal-former-life");
    }

    /// Pins: it stays for more than a year, and whoever waited for it with it.
    @Test
    void whoWaitsForAnOutdatedOneIsToldWhenTheDeviceGetsOn() {
        validator.request(submission, new JobLine("j", 1));
        validator.command(new DeviceCommand.Decommission(order(DEVICE, "alice"), "scrapped"));
        register(DEVICE, EnrollmentModel.FACTORY);
        pass(LIMIT);
        validator.request(installation.device(DEVICE).submits(), 3);
        assertThat(lines()).containsExactly("j/1: device-changed");
        assertThat(kept()).isEqualTo(2);
        validator.issue(unanswered);
        assertThat(lines()).isEmpty();
    }

    @Test
    void whoWaitsForAnOutdatedOneIsToldWhenItIsAskedForAgain() {
        validator.request(submission, 2);
        validator.command(new DeviceCommand.Decommission(order(DEVICE, "alice"), "scrapped"));
        register(DEVICE, EnrollmentModel.FACTORY);
        pass(LIMIT);
        validator.request(submission, new JobLine("j", 1));
        assertThat(answers()).containsExactly("2: device-changed");
        assertThat(lines()).containsExactly("j/1: device-changed");
    }

    @Test
    void anOutdatedOneIsForgottenWhenNothingCanComeOfItAnyMore() {
        validator.command(new DeviceCommand.Decommission(order(DEVICE, "alice"), "scrapped"));
        register(DEVICE, EnrollmentModel.FACTORY);
        pass(Duration.ofDays(430));
        validator.request(installation.device(DEVICE).submits(), 4);
        assertThat(authorized()).hasSize(1);
        assertThat(kept()).isEqualTo(1);
    }

    @Test
    void noCertificateComesLaterThanTheIssuerReadsItsTopics() {
        assertThat(Enrollment.LATEST_CERTIFICATE)
                .isEqualTo(retention(Topics.ENROLLMENT_AUTHORIZED).plus(retention(Topics.CERTIFICATE_PREPARED)));
    }

    private static Duration retention(Topic topic) {
        return ((Cleanup.Delete) topic.cleanup()).retention();
    }

    /// How many enrollments are kept.
    private int kept() {
        var count = 0;
        try (var entries = validator
                .<String, EnrollmentState>getKeyValueStore(StoreNames.ENROLLMENT_BY_DEVICE)
                .all()) {
            while (entries.hasNext()) {
                entries.next();
                count++;
            }
        }
        return count;
    }
}
