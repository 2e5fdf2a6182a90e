package dev.evenroll.validator.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.schemas.event.CertificateIssued;
import dev.evenroll.schemas.event.EnrollmentAuthorized;
import dev.evenroll.schemas.event.IssuanceRefused;
import dev.evenroll.schemas.event.Issued;
import dev.evenroll.schemas.event.JobLine;
import dev.evenroll.schemas.topic.Topics;
import dev.evenroll.validator.registry.DeviceCommand;
import dev.evenroll.validator.registry.EnrollmentModel;
import dev.evenroll.validator.simulation.Installation;
import dev.evenroll.validator.simulation.SimulatedDevice;
import dev.evenroll.validator.validation.Submission;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The CA answers what has been given up, or judged anew, since it was accepted.
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class LateAnswerJourneyTest extends Journey {

    private static final String DEVICE = "EVR-1";

    private final SimulatedDevice device = installation.device(DEVICE);
    private Submission submission;
    private EnrollmentAuthorized unanswered;

    @BeforeEach
    void authorize() {
        register(DEVICE, EnrollmentModel.FACTORY);
        submission = device.submits();
        validator.request(submission, new JobLine("j", 1));
        unanswered = authorization();
        pass(ValidatorDriver.IN_FLIGHT_LIMIT);
    }

    /// Pins: it was handed out all the same, and nobody heard of it.
    @Test
    void whatAPersonHasRejectedGetsNoLateCertificate() {
        quarantine(DEVICE);
        validator.request(submission, 2);
        reject(submission, "stolen");
        forgetEvents();
        validator.issue(unanswered);
        assertReported();
        validator.request(submission, 3);
        assertThat(answers()).containsExactly("3: approval-rejected");
    }

    /// Pins: it had its certificate and waited still; approved, it got another one, and nobody heard of the two.
    @Test
    void whatWaitsForAPersonWaitsOnAndGetsOneCertificate() {
        quarantine(DEVICE);
        validator.request(submission, 2);
        forgetEvents();
        validator.issue(unanswered);
        assertReported();
        validator.request(submission, 3);
        assertThat(answers()).containsExactly("3: waits 10");
        assertThat(lines()).isEmpty();
        approve(submission);
        var approved = validator.issue(authorization());
        assertThat(lines()).containsExactly("j/1: certificate");
        assertThat(observed()).isEmpty();
        validator.request(submission, 4);
        assertThat(certificates()).containsExactly(approved.getCertificate());
    }

    @Test
    void whatTheRulesHaveRefusedSinceGetsNoLateCertificate() {
        update(EnrollmentModel.FIELD);
        validator.request(submission, 2);
        assertThat(answers()).containsExactly("2: enrollment-model policy-none");
        forgetEvents();
        validator.issue(unanswered);
        assertReported();
        update(EnrollmentModel.FACTORY);
        validator.request(submission, 3);
        assertThat(answers()).isEmpty();
        assertThat(authorized()).containsExactly(submission.enrollmentId());
    }

    /// Pins: the line had been told that nobody answers, and nobody heard of the certificate.
    @Test
    void aCertificateThatComesAfterItsLineWasRefusedIsReported() {
        validator.request(installation.device(DEVICE).submits(), 3);
        assertThat(lines()).containsExactly("j/1: enrollment-unanswered");
        forgetEvents();
        validator.issue(unanswered);
        assertReported();
        assertThat(lines()).isEmpty();
    }

    @Test
    void aCertificateThatIsRevokedAlreadyIsReportedToNobody() {
        validator.request(installation.device(DEVICE).submits(), 3);
        forgetEvents();
        var late = validator.issued(unanswered);
        validator.revoke(ValidatorDriver.certificate(late));
        validator.pipe(Topics.CERTIFICATE_ISSUED, DEVICE, late);
        assertThat(observed()).isEmpty();
    }

    /// Pins: it had asked at another gateway, was told nothing, and got the second one, which is to be revoked.
    @Test
    void whoWaitsForTheSecondAcceptanceGetsTheFirstCertificate() {
        validator.request(submission, 3);
        var again = authorization();
        forgetEvents();
        var first = validator.issue(unanswered);
        assertThat(lines()).containsExactly("j/1: certificate");
        assertThat(certificates()).containsExactly(first.getCertificate());
        validator.issue(again);
        assertThat(observed()).containsExactly("SIGNING_FAULT");
        assertThat(answers()).isEmpty();
    }

    /// Pins: it ended the other one, and the next repeat was accepted a third time.
    @Test
    void theRefusalOfTheFirstAcceptanceDoesNotEndTheSecond() {
        validator.request(submission, 2);
        var again = authorization();
        validator.refuseIssuance(unanswered);
        assertThat(lines()).isEmpty();
        validator.request(submission, 3);
        assertThat(authorized()).isEmpty();
        validator.refuseIssuance(again);
        assertThat(answers()).containsExactly("3: lint");
        assertThat(lines()).containsExactly("j/1: lint");
    }

    /// Pins: the issuer came back after the limit, and its first answer gave up what its second was for.
    @Test
    void twoThatTheCaAnswersLateHaveTheirCertificates() {
        validator.request(submission, new JobLine("j", 1));
        var first = authorization();
        pass(Duration.ofHours(1));
        var other = installation.device(DEVICE).submits();
        validator.request(other, new JobLine("j", 2));
        var second = authorization();
        pass(ValidatorDriver.IN_FLIGHT_LIMIT);
        forgetEvents();
        validator.issue(first);
        validator.issue(second);
        assertThat(lines()).containsExactly("j/1: certificate", "j/2: certificate");
        assertThat(observed()).isEmpty();
    }

    /// Pins: a certificate that had expired was read again, ended the renewal of its enrollment, and made the good one
    /// the second.
    @Test
    void whatWasMovedAsideAndIsReadAgainEndsNothing() {
        var expired = validator.issue(unanswered);
        pass(Duration.between(installation.clock().instant(), expired.getNotAfter())
                .plusSeconds(1));
        validator.request(submission, 3);
        var again = authorization();
        forgetEvents();
        validator.pipe(Topics.CERTIFICATE_ISSUED, DEVICE, expired);
        assertThat(answers()).isEmpty();
        observed();
        validator.issue(again);
        assertThat(observed()).isEmpty();
        validator.request(submission, 4);
        assertThat(answers()).containsExactly("4: certificate");
    }

    @Test
    void whatAnEarlierVersionAuthorizedIsAnsweredAsEver() {
        validator.request(submission, 2);
        var again = authorization();
        validator.pipe(
                Topics.ISSUANCE_REFUSED,
                DEVICE,
                IssuanceRefused.newBuilder()
                        .setEnvironment(ValidatorDriver.ENVIRONMENT)
                        .setOccurredAt(installation.clock().instant())
                        .setEnrollmentId(again.getEnrollmentId())
                        .setDeviceId(DEVICE)
                        .setFindings(List.of())
                        .setReplyPartition(2)
                        .build());
        validator.request(submission, 3);
        var issued = ofAnEarlierVersion(authorization());
        validator.pipe(Topics.CERTIFICATE_ISSUED, DEVICE, issued);
        forgetEvents();
        validator.request(submission, 4);
        assertThat(certificates()).containsExactly(issued.getCertificate());
    }

    /// It may be of a former life.
    @Test
    void whatAnEarlierVersionAuthorizedAndNothingWaitsForRenewsNothing() {
        validator.request(installation.device(DEVICE).submits(), 3);
        forgetEvents();
        var late = ofAnEarlierVersion(unanswered);
        validator.pipe(Topics.CERTIFICATE_ISSUED, DEVICE, late);
        assertReported();
        validator.request(
                device.renewing(ValidatorDriver.certificate(late)).submitsWithOrganization(Installation.OWNER), 7);
        assertThat(answers()).containsExactly("7: renewal-former-life");
    }

    private CertificateIssued ofAnEarlierVersion(EnrollmentAuthorized authorized) {
        return CertificateIssued.newBuilder(validator.issued(authorized))
                .setAcceptance(null)
                .build();
    }

    private void assertReported() {
        assertThat(validator.observations()).singleElement().satisfies(observed -> {
            assertThat(observed.getObservation().name()).isEqualTo("SIGNING_FAULT");
            assertThat(observed.getMessage())
                    .matches(
                            "A certificate was issued for the device EVR-1 whose enrollment was not in flight any more: "
                                    + "revoke the certificate [0-9a-f]+-[0-9a-f]+, and see whether the issuer has answered "
                                    + "late, or its consumer groups have lost their offsets\\.");
            assertThat(observed.getAttributes())
                    .containsEntry("enrollmentId", submission.enrollmentId())
                    .containsKey("certificateId");
        });
    }

    private void update(EnrollmentModel model) {
        validator.command(
                new DeviceCommand.Update(order(DEVICE, "alice"), ValidatorDriver.REGISTRATION.with(Set.of(model))));
    }

    /// The certificates that the gateways were told since the last look.
    private List<ByteBuffer> certificates() {
        return validator.answers().stream()
                .map(answer -> ((Issued) answer.outcome().getResult()).getCertificate())
                .toList();
    }

    private void forgetEvents() {
        validator.answers();
        validator.refusals();
        validator.observations();
        validator.jobs();
    }
}
