package dev.evenroll.validator.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.request.CertificationRequest;
import dev.evenroll.schemas.event.EnrollmentModel;
import dev.evenroll.schemas.event.Finding;
import dev.evenroll.schemas.event.Refused;
import dev.evenroll.validator.enrollment.Approval;
import dev.evenroll.validator.registry.DeviceCommand;
import dev.evenroll.validator.simulation.Installation;
import dev.evenroll.validator.simulation.SimulatedDevice;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Enrollments that wait for a person.
class ApprovalJourneyTest extends Journey {

    private final SimulatedDevice device = installation.device("EVR-1");

    @BeforeEach
    void inQuarantine() {
        validator.register("EVR-1");
        quarantine("EVR-1");
        validator.registry();
    }

    @Test
    void whatWaitsIsToldOnceAndAnsweredEachTime() {
        var submission = device.submits();
        validator.request(submission, 3);
        assertThat(validator.pending()).singleElement().satisfies(pending -> {
            assertThat(pending.getEnrollmentId()).isEqualTo(submission.enrollmentId());
            assertThat(pending.getDeviceId()).isEqualTo("EVR-1");
            assertThat(pending.getReason()).isEqualTo("the device is in quarantine (seen elsewhere)");
            assertThat(pending.getExpiresAt()).isEqualTo(Instant.parse("2026-11-29T10:00:00Z"));
            assertThat(pending.getModel()).isEqualTo(EnrollmentModel.FACTORY);
            assertThat(pending.getRequester()).isEqualTo("serialNumber=EVR-1,O=Acme");
            assertThat(pending.getRemoteAddress()).isEqualTo("192.0.2.1");
        });
        assertThat(answers()).containsExactly("3: waits 10");
        for (var time = 0; time < 9; time++) {
            validator.request(submission, time);
        }
        assertThat(validator.pending()).isEmpty();
        assertThat(answers()).hasSize(9).allMatch(answer -> answer.endsWith(": waits 10"));
        pass(Duration.ofMinutes(10));
        validator.request(submission, 3);
        assertThat(answers()).containsExactly("3: waits 60");
        assertThat(authorized()).isEmpty();
        assertThat(validator.count("evenroll.validator.decisions", "result", "waiting"))
                .isEqualTo(1);
        assertThat(validator.count(
                        "evenroll.validator.verdicts", "verdict", "waiting", "model", "factory", "policy", "none"))
                .isEqualTo(1);
    }

    /// A person must know what he approves.
    @Test
    void whatWaitsNamesTheKeyAndTheCertificateOfTheRequester() throws Exception {
        var submission = device.submits();
        validator.request(submission, 3);
        var key = CertificationRequest.decode(submission.certificationRequest()).spkiSha256();
        assertThat(validator.pending()).singleElement().satisfies(event -> {
            assertThat(event.getKeySha256()).isEqualTo(key);
            assertThat(event.getRequesterSha256())
                    .isEqualTo(submission.requesterChain().getFirst().sha256Hex());
        });
    }

    @Test
    void anApprovedEnrollmentGoesOnAndReleasesTheDevice() {
        var submission = device.submits();
        validator.request(submission, 3);
        validator.answers();
        approve(submission);
        assertThat(registry()).containsExactly("QUARANTINED ENROLLMENT_DECIDED 2", "REGISTERED RESUMED 3");
        var authorized = authorization();
        assertThat(authorized.getEnrollmentId()).isEqualTo(submission.enrollmentId());
        assertThat(authorized.getApprover()).isEqualTo("ada");
        assertThat(authorized.getReplyPartition()).isEqualTo(-1);
        // Nobody waits: the gateway has said 202 long ago.
        assertThat(answers()).isEmpty();

        validator.request(submission, 5);
        assertThat(answers()).isEmpty();
        validator.issue(authorized);
        assertThat(answers()).containsExactly("5: certificate");
        validator.request(submission, 3);
        assertThat(answers()).containsExactly("3: certificate");
        assertThat(authorized()).isEmpty();
    }

    /// Pins: an approval that led to no certificate opened the next quarantine, whatever its reason.
    @Test
    void anApprovalDoesNotOutliveTheQuarantineThatItEnded() {
        var submission = device.submits();
        validator.request(submission, 3);
        approve(submission);
        validator.refuseIssuance(authorization());
        quarantine("EVR-1");
        validator.answers();

        validator.request(submission, 3);
        assertThat(answers()).containsExactly("3: waits 10");
        assertThat(authorized()).isEmpty();
    }

    /// Pins: the approver was shown the reason of the first quarantine, and approved in the second.
    @Test
    void whatWaitsInAFurtherQuarantineSaysItsReason() {
        var submission = device.submits();
        validator.request(submission, 3);
        validator.command(new DeviceCommand.Resume(order("EVR-1", "alice"), "found"));
        quarantine("EVR-1");
        assertThat(validator.pending()).hasSize(1);
        approve(submission);
        assertThat(authorized()).isEmpty();
        validator.request(submission, 3);
        assertThat(validator.pending()).hasSize(1);
    }

    @Test
    void aRejectedEnrollmentStaysRefusedAndTheRequesterIsNotToldByWhom() {
        var submission = device.submits();
        validator.request(submission, 3);
        validator.answers();
        reject(submission, "stolen");
        assertThat(validator.refusals()).singleElement().satisfies(refused -> {
            assertThat(refused.getFindings())
                    .containsExactly(new Finding(
                            "approval-rejected",
                            "enrollment: was rejected by ada (stolen); mend the cause and make a new request"));
            assertThat(refused.getRequester()).isEqualTo("serialNumber=EVR-1,O=Acme");
            assertThat(refused.getModel()).isEqualTo(EnrollmentModel.FACTORY);
            assertThat(refused.getReplyPartition()).isEqualTo(-1);
        });
        assertThat(answers()).isEmpty();
        validator.request(submission, 3);
        assertThat(validator.answers())
                .singleElement()
                .satisfies(answer -> assertThat(((Refused) answer.outcome().getResult()).getFindings())
                        .containsExactly(new Finding(
                                "approval-rejected",
                                "enrollment: was rejected by a person (stolen); "
                                        + "mend the cause and make a new request")));
        assertThat(refusals()).containsExactly("approval-rejected");

        // A new request is another enrollment, and waits anew; so does the old one after its time.
        validator.request(installation.device("EVR-1").submits(), 3);
        assertThat(answers()).containsExactly("3: waits 10");
        pass(Duration.ofDays(7));
        assertThat(refusals()).containsExactly("approval-expired");
        validator.request(submission, 3);
        assertThat(answers()).containsExactly("3: waits 10");
    }

    @Test
    void whatNobodyDecidesExpires() {
        var submission = device.submits();
        validator.request(submission, 3);
        validator.answers();
        pass(Duration.ofDays(7).minusMillis(1));
        assertThat(refusals()).isEmpty();
        pass(Duration.ofMillis(1));
        assertThat(validator.refusals())
                .singleElement()
                .satisfies(refused -> assertThat(refused.getFindings())
                        .containsExactly(new Finding(
                                "approval-expired",
                                "enrollment: nobody had decided it by 2026-11-29T10:00:00Z; "
                                        + "make the request again and have it decided in time")));
        pass(Duration.ofDays(7));
        assertThat(refusals()).isEmpty();
        approve(submission);
        assertThat(authorized()).isEmpty();
        assertThat(validator.registry().getLast().getLastCommand().getRefusals())
                .containsExactly(new Finding(
                        "nothing-waits",
                        "enrollment: " + submission.enrollmentId() + " of this device does not wait for a person; "
                                + "it was decided, has expired, or was never asked for"));
    }

    /// Pins: the request comes before the clock has struck.
    @Test
    void whatIsAskedAgainAfterItsTimeWaitsAnew() {
        var submission = device.submits();
        validator.request(submission, 3);
        validator.pending();
        installation.clock().advance(Duration.ofDays(7));
        validator.request(submission, 3);
        assertThat(refusals()).containsExactly("approval-expired");
        assertThat(validator.pending()).hasSize(1);
        pass(Duration.ofDays(6));
        assertThat(refusals()).isEmpty();
        approve(submission);
        assertThat(authorized()).hasSize(1);
    }

    @Test
    void anApprovedRequestIsJudgedByTheFactsOfThatMoment() {
        var submission = device.submits();
        validator.request(submission, 3);
        validator.answers();
        installation.distrusts("acme");
        approve(submission);
        assertThat(refusals()).containsExactly("requester-untrusted");
        assertThat(authorized()).isEmpty();
        // The approval stands: once the cause is mended, the same request goes on.
        installation.trusts("acme", installation.acme());
        validator.request(submission, 3);
        assertThat(authorized()).hasSize(1);
    }

    @Test
    void whatWaitsForTheFormerOwnerIsNotApprovedForTheNext() {
        var submission = device.submits();
        validator.request(submission, 3);
        validator.command(new DeviceCommand.Transfer(order("EVR-1", "alice"), "Other Ltd", "Yard"));
        approve(submission);
        assertThat(authorized()).isEmpty();
        validator.request(submission, 3);
        approve(submission);
        assertThat(authorization().getOrganization()).isEqualTo("Other Ltd");
    }

    @Test
    void whatIsDecidedTwiceIsDecidedOnce() {
        var submission = device.submits();
        validator.request(submission, 3);
        approve(submission);
        reject(submission, "changed my mind");
        approve(submission);
        assertThat(authorized()).hasSize(1);
        assertThat(refusals()).isEmpty();
        assertThat(registry())
                .containsExactly(
                        "QUARANTINED ENROLLMENT_DECIDED 2",
                        "REGISTERED RESUMED 3",
                        "REGISTERED COMMAND_REFUSED 3",
                        "REGISTERED COMMAND_REFUSED 3");
    }

    @Test
    void theSameCommandTenTimesIsCarriedOutOnce() {
        var submission = device.submits();
        validator.request(submission, 3);
        var command = new DeviceCommand.DecideEnrollment(
                order("EVR-1", "ada"), submission.enrollmentId(), true, "known to us");
        for (var time = 0; time < 10; time++) {
            validator.command(command);
        }
        assertThat(authorized()).hasSize(1);
        assertThat(registry()).hasSize(2);
    }

    @Test
    void aResumedDeviceNeedsNobodyAnyMore() {
        var submission = device.submits();
        validator.request(submission, 3);
        validator.answers();
        validator.command(new DeviceCommand.Resume(order("EVR-1", "alice"), "found"));
        validator.request(submission, 4);
        assertThat(authorization().getApprover()).isNull();
        approve(submission);
        assertThat(authorized()).isEmpty();
        pass(Duration.ofDays(8));
        assertThat(refusals()).isEmpty();
    }

    /// Pins: what was approved for a device is not approved for the thief of its key.
    @Test
    void anApprovalIsGoodForOneCertificate() {
        var submission = device.submits();
        validator.request(submission, 3);
        approve(submission);
        var issued = validator.issue(authorization());
        validator.answers();
        validator.revoke(ValidatorDriver.certificate(issued));
        quarantine("EVR-1");
        validator.pending();
        validator.request(submission, 3);
        assertThat(answers()).containsExactly("3: waits 10");
        assertThat(validator.pending()).hasSize(1);
        assertThat(authorized()).isEmpty();
    }

    @Test
    void aDeviceThatAsksWithManyKeysFillsItsOwnQueueOnly() {
        validator.register("EVR-2");
        quarantine("EVR-2");
        for (var number = 0; number < Approval.MOST_WAITING; number++) {
            validator.request(installation.device("EVR-1").submits(), 0);
        }
        assertThat(validator.pending()).hasSize(Approval.MOST_WAITING);
        validator.answers();
        validator.request(installation.device("EVR-1").submits(), 0);
        assertThat(validator.refusals())
                .singleElement()
                .satisfies(refused -> assertThat(refused.getFindings())
                        .containsExactly(new Finding(
                                "approval-queue",
                                "enrollment: 20 others of this device wait for a person already; "
                                        + "have those decided first")));
        assertThat(answers()).containsExactly("0: approval-queue");
        validator.request(installation.device("EVR-2").submits(), 0);
        assertThat(answers()).containsExactly("0: waits 10");
    }

    @Test
    void aRenewalWithACertificateThatHasExpiredWaitsInQuarantine() {
        installation.decidesBy("""
                version: a
                renewal: { graceAfterExpiry: P14D }
                policies:
                  - { name: none, match: {}, decision: refuse, reason: nobody }
                """);
        validator.register("EVR-2");
        validator.request(installation.device("EVR-2").submits(), 0);
        var certificate = ValidatorDriver.certificate(validator.issue(authorization()));
        validator.registry();
        validator.answers();
        installation
                .clock()
                .advance(Duration.between(
                                installation.clock().instant(),
                                certificate.getNotAfter().toInstant())
                        .plusDays(1));
        var renewal = installation.device("EVR-2").renewing(certificate).submitsWithOrganization(Installation.OWNER);
        validator.request(renewal, 6);
        assertThat(answers()).containsExactly("6: waits 10");
        assertThat(registry()).containsExactly("QUARANTINED QUARANTINED 3");
        approve(renewal);
        assertThat(authorization().getModel()).isEqualTo(EnrollmentModel.RENEWAL);
        assertThat(registry())
                .containsExactly(
                        "QUARANTINED ENROLLMENT_DECIDED 3", "ENROLLED RESUMED 4", "ENROLLED CERTIFICATE_USED 4");
    }
}
