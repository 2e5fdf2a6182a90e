package dev.evenroll.validator.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.schemas.event.Issued;
import dev.evenroll.schemas.event.JobLine;
import dev.evenroll.schemas.event.JobLineEnded;
import dev.evenroll.schemas.event.SecurityObservation;
import dev.evenroll.schemas.topic.Topics;
import dev.evenroll.validator.enrollment.Audience;
import dev.evenroll.validator.registry.DeviceCommand;
import dev.evenroll.validator.simulation.SimulatedDevice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Lines of bulk jobs: each is told how its enrollment ended, whatever ends it.
class BulkJourneyTest extends Journey {

    private final SimulatedDevice device = installation.device("EVR-1");

    @BeforeEach
    void register() {
        validator.register("EVR-1");
        validator.registry();
    }

    @Test
    void aLineEndsWithItsCertificate() {
        var submission = device.submits();
        validator.request(submission, new JobLine("j", 1));
        var authorized = authorization();
        assertThat(authorized.getReplyPartition()).isEqualTo(-1);
        assertThat(lines()).isEmpty();
        var issued = validator.issue(authorized);
        assertThat(validator.jobs()).singleElement().satisfies(job -> {
            assertThat(job.getEnvironment()).isEqualTo("test");
            assertThat(job.getJobId()).isEqualTo("j");
            assertThat(job.getStep())
                    .isEqualTo(JobLineEnded.newBuilder()
                            .setLine(1)
                            .setDeviceId("EVR-1")
                            .setEnrollmentId(submission.enrollmentId())
                            .setResult(new Issued(issued.getCertificate()))
                            .build());
        });
        // Repeated after a break, it is answered at once.
        validator.request(submission, new JobLine("j2", 7));
        assertThat(lines()).containsExactly("j2/7: certificate");
        assertThat(answers()).isEmpty();
        assertThat(authorized()).isEmpty();
    }

    @Test
    void everybodyWhoWaitsIsToldOnce() {
        var submission = device.submits();
        validator.request(submission, new JobLine("j", 1));
        validator.request(submission, 5);
        validator.request(submission, new JobLine("j", 1));
        validator.request(submission, new JobLine("j", 2));
        validator.request(submission, 5);
        validator.issue(authorization());
        assertThat(lines()).containsExactly("j/1: certificate", "j/2: certificate");
        assertThat(answers()).containsExactly("5: certificate");
    }

    @Test
    void aLineThatIsRefusedAtOnceEndsAtOnce() {
        validator.request(installation.device("EVR-9").submits(), new JobLine("j", 1));
        assertThat(lines()).containsExactly("j/1: device-not-registered");
        assertThat(answers()).isEmpty();
        assertThat(validator.refusals())
                .singleElement()
                .satisfies(refused -> assertThat(refused.getReplyPartition()).isEqualTo(-1));
    }

    @Test
    void aLineThatTheKeyClaimRefusesEnds() {
        validator.register("EVR-2");
        validator.request(device.submits(), 0);
        validator.request(installation.device("EVR-2").withKeys(device.keys()).submits(), new JobLine("j", 4));
        assertThat(lines()).containsExactly("j/4: key-claim");
        assertThat(answers()).isEmpty();
    }

    @Test
    void aLineThatTheCaRefusesEnds() {
        validator.request(device.submits(), new JobLine("j", 4));
        validator.refuseIssuance(authorization());
        assertThat(lines()).containsExactly("j/4: lint");
    }

    @Test
    void aLineThatWaitsForAPersonIsToldSoAndThenHowItEnded() {
        quarantine("EVR-1");
        var submission = device.submits();
        validator.request(submission, new JobLine("j", 1));
        validator.request(submission, new JobLine("j", 2));
        assertThat(lines()).containsExactly("j/1: waits 10", "j/2: waits 10");
        approve(submission);
        validator.request(submission, new JobLine("j", 3));
        validator.issue(authorization());
        assertThat(lines()).containsExactly("j/1: certificate", "j/2: certificate", "j/3: certificate");
    }

    @Test
    void aLineThatIsRejectedOrForgottenEnds() {
        quarantine("EVR-1");
        var rejected = device.submits();
        var forgotten = installation.device("EVR-1").submits();
        validator.request(rejected, new JobLine("j", 1));
        validator.request(forgotten, new JobLine("j", 2));
        lines();
        reject(rejected, "stolen");
        assertThat(lines()).containsExactly("j/1: approval-rejected");
        pass(Duration.ofDays(7));
        assertThat(lines()).containsExactly("j/2: approval-expired");
        assertThat(answers()).isEmpty();
    }

    @Test
    void aHundredLinesWaitForOneEnrollmentAndNoMore() {
        var submission = device.submits();
        var expected = new ArrayList<String>();
        for (var line = 1; line <= Audience.MOST_JOB_LINES; line++) {
            validator.request(submission, new JobLine("j", line));
            expected.add("j/" + line + ": certificate");
        }
        validator.request(submission, new JobLine("j", 101));
        assertThat(lines()).containsExactly("j/101: job-lines");
        validator.issue(authorization());
        assertThat(lines()).isEqualTo(expected);
    }

    @Test
    void aHundredLinesWaitForAPersonAndNoMore() {
        quarantine("EVR-1");
        var submission = device.submits();
        for (var line = 1; line <= Audience.MOST_JOB_LINES + 1; line++) {
            validator.request(submission, new JobLine("j", line));
        }
        assertThat(lines()).hasSize(101).endsWith("j/100: waits 10", "j/101: job-lines");
    }

    /// Pins: the hundredth of those that waited was forgotten.
    @Test
    void noLineIsForgottenWhenTheQueueIsLeft() {
        quarantine("EVR-1");
        var submission = device.submits();
        for (var line = 1; line <= Audience.MOST_JOB_LINES; line++) {
            validator.request(submission, new JobLine("j", line));
        }
        lines();
        validator.command(new DeviceCommand.Resume(order("EVR-1", "alice"), "found"));
        validator.request(submission, new JobLine("j", 101));
        assertThat(lines()).containsExactly("j/101: job-lines");
        validator.issue(authorization());
        assertThat(lines())
                .hasSize(100)
                .allMatch(line -> line.endsWith(": certificate"))
                .contains("j/1: certificate", "j/100: certificate");
    }

    @Test
    void aLineThatNoJobCanHaveIsPutAside() {
        for (var line : List.of(new JobLine("", 1), new JobLine("j", 0), new JobLine("x".repeat(201), 1))) {
            validator.request(device.submits(), line);
            assertThat(validator.deadLetters())
                    .singleElement()
                    .satisfies(letter ->
                            assertThat(letter.getCause()).startsWith("The request names a line that no bulk job can"));
            assertThat(validator.observations())
                    .singleElement()
                    .satisfies(seen -> assertThat(seen.getObservation()).isEqualTo(SecurityObservation.HOSTILE_RECORD));
        }
        assertThat(authorized()).isEmpty();
        validator.pipe(Topics.ENROLLMENT_REQUESTED, "EVR-1", validator.requested(device.submits(), 0, "test"));
        assertThat(authorized()).hasSize(1);
    }
}
