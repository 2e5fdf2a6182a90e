package dev.evenroll.validator.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.schemas.event.CertificateIssued;
import dev.evenroll.schemas.event.EnrollmentAuthorized;
import dev.evenroll.schemas.state.RevokedOfDevice;
import dev.evenroll.schemas.topic.Topics;
import dev.evenroll.validator.registry.DeviceCommand;
import dev.evenroll.validator.registry.EnrollmentModel;
import dev.evenroll.validator.simulation.Installation;
import dev.evenroll.validator.simulation.SimulatedDevice;
import dev.evenroll.validator.validation.Submission;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Certificates that were issued before the device began anew: nobody renews with them, revoked or not.
class FormerLifeJourneyTest extends Journey {

    private static final String DEVICE = "EVR-1";
    private static final Duration BEYOND_VALIDITY = Duration.ofDays(366);

    private final SimulatedDevice device = installation.device(DEVICE);

    @BeforeEach
    void registerDevice() {
        register(DEVICE, EnrollmentModel.FACTORY);
    }

    private CertificateIssued enroll(Submission submission) {
        validator.request(submission, 1);
        return validator.issue(authorization());
    }

    private Submission renewal(CertificateIssued issued) {
        return renewal(ValidatorDriver.certificate(issued));
    }

    private Submission renewal(X509Certificate present) {
        return device.renewing(present).submitsWithOrganization(Installation.OWNER);
    }

    private void beginAnew() {
        validator.command(new DeviceCommand.Decommission(order(DEVICE, "alice"), "scrapped"));
        register(DEVICE, EnrollmentModel.FACTORY);
        forgetEvents();
    }

    private void transfer(String owner) {
        validator.command(new DeviceCommand.Transfer(order(DEVICE, "alice"), owner, "Yard"));
        forgetEvents();
    }

    private void forgetEvents() {
        validator.answers();
        validator.refusals();
        validator.observations();
        validator.registry();
    }

    private void assertOfFormerLife(Submission renewal) {
        validator.request(renewal, 7);
        assertThat(answers()).containsExactly("7: renewal-former-life");
        assertThat(authorized()).isEmpty();
        assertThat(refusals()).containsExactly("renewal-former-life");
    }

    /// Pins: until somebody revoked it, it renewed past everything that the new registration said.
    @Test
    void aCertificateOfBeforeRenewsNothingInTheNextLife() {
        var former = enroll(device.submits());
        var done = renewal(former);
        enroll(done);
        beginAnew();
        assertOfFormerLife(renewal(former));
        assertOfFormerLife(done);
        var present = enroll(installation.device(DEVICE).submits());
        validator.answers();
        assertOfFormerLife(renewal(former));
        validator.request(renewal(present), 2);
        assertThat(authorized()).hasSize(1);
    }

    @Test
    void theRefusalSaysWhy() {
        var former = enroll(device.submits());
        beginAnew();
        validator.request(renewal(former), 2);
        assertThat(validator.refusals().getFirst().getFindings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.getMessage())
                        .isEqualTo("requester certificate: was issued in a former life of the device, or to another "
                                + "owner; enroll anew with the manufacturer's certificate or a token"));
    }

    @Test
    void aCertificateOfTheFormerOwnerRenewsNothingAlsoWhenTheDeviceComesBackToHim() {
        var former = enroll(device.submits());
        transfer("Other Ltd");
        transfer(Installation.OWNER);
        assertOfFormerLife(renewal(former));
    }

    @Test
    void atAnotherSiteOfTheSameOwnerTheDeviceRenews() {
        var issued = enroll(device.submits());
        transfer(Installation.OWNER);
        validator.request(renewal(issued), 2);
        assertThat(authorized()).hasSize(1);
    }

    /// Pins: the registration was the same word for word, and so the certificate fitted.
    @Test
    void whatIsInFlightWhenTheDeviceBeginsAnewIsOfBefore() {
        var submission = device.submits();
        validator.request(submission, 1);
        var authorized = authorization();
        beginAnew();
        validator.request(submission, 2);
        assertThat(answers()).as("it is still in flight").isEmpty();
        var issued = validator.issue(authorized);
        assertThat(answers()).containsExactly("2: device-changed");
        assertThat(registry()).isEmpty();
        assertThat(observed()).containsExactly("OTHER");
        assertOfFormerLife(renewal(issued));
        validator.request(submission, 3);
        assertThat(authorized()).containsExactly(submission.enrollmentId());
    }

    @Test
    void whatComesForADecommissionedDeviceIsOfBefore() {
        validator.request(device.submits(), 1);
        var authorized = authorization();
        validator.command(new DeviceCommand.Decommission(order(DEVICE, "alice"), "scrapped"));
        var issued = validator.issue(authorized);
        register(DEVICE, EnrollmentModel.FACTORY);
        forgetEvents();
        assertOfFormerLife(renewal(issued));
    }

    @Test
    void aSecondCertificateOfAnEnrollmentIsOfBeforeToo() {
        validator.request(device.submits(), 1);
        var authorized = authorization();
        validator.issue(authorized);
        var second = validator.issue(authorized);
        validator.request(renewal(second), 1);
        assertThat(authorized()).as("until then it is one of the device's").hasSize(1);
        beginAnew();
        assertOfFormerLife(renewal(second));
    }

    /// Pins: what had expired was forgotten, and under a policy with grace a person could have approved it.
    @Test
    void whatHasExpiredIsOfBeforeAsLongAsAPolicyCouldRenewIt() {
        installation.decidesBy("""
                version: a
                renewal: { graceAfterExpiry: P300D }
                policies: [{ name: nobody, match: {}, decision: refuse, reason: closed }]
                """);
        var repeated = device.submits();
        var overwritten = enroll(repeated);
        var trimmed = enroll(installation.device(DEVICE).submits());
        installation.clock().advance(BEYOND_VALIDITY);
        enroll(repeated);
        beginAnew();
        assertOfFormerLife(renewal(trimmed));
        assertOfFormerLife(renewal(overwritten));
    }

    private CertificateIssued issueLate(EnrollmentAuthorized authorized) {
        var issued = validator.issue(authorized);
        assertThat(observed()).containsExactly("OTHER");
        forgetEvents();
        return issued;
    }

    /// Pins: the first one ended what was outdated, and the other was taken for one of now.
    @Test
    void bothCertificatesOfARequestThatWasJudgedAnewAreOfBefore() {
        var submission = device.submits();
        validator.request(submission, 1);
        var unanswered = authorization();
        pass(ValidatorDriver.IN_FLIGHT_LIMIT);
        validator.request(submission, 2);
        var again = authorization();
        beginAnew();
        assertOfFormerLife(renewal(issueLate(unanswered)));
        assertOfFormerLife(renewal(issueLate(again)));
    }

    /// Pins: nothing was left that could have been outdated.
    @Test
    void whatHadBeenGivenUpWhenTheDeviceBeganAnewIsOfBefore() {
        validator.request(device.submits(), 1);
        var unanswered = authorization();
        pass(ValidatorDriver.IN_FLIGHT_LIMIT);
        validator.request(installation.device(DEVICE).submits(), 2);
        authorization();
        transfer("Other Ltd");
        transfer(Installation.OWNER);
        assertOfFormerLife(renewal(issueLate(unanswered)));
    }

    @Test
    void whatTheIssuerSignsAgainAfterTheDeviceBeganAnewIsOfBefore() {
        var submission = device.submits();
        validator.request(submission, 1);
        var before = authorization();
        validator.issue(before);
        beginAnew();
        assertOfFormerLife(renewal(issueLate(before)));
        pass(Duration.ofSeconds(1));
        validator.request(submission, 2);
        var now = authorization();
        assertOfFormerLife(renewal(issueLate(before)));
        validator.request(submission, 3);
        assertThat(answers()).as("what is in flight now is so still").isEmpty();
        var present = validator.issue(now);
        assertThat(answers()).containsExactly("3: certificate");
        assertOfFormerLife(renewal(issueLate(before)));
        validator.request(renewal(present), 4);
        assertThat(authorized()).hasSize(1);
    }

    @Test
    void anIssuanceOfBeforeThatIsReadAgainIsNoAnswer() {
        var submission = device.submits();
        var issued = enroll(submission);
        beginAnew();
        validator.pipe(Topics.CERTIFICATE_ISSUED, DEVICE, issued);
        assertThat(observed()).as("a person has known it").isEmpty();
        validator.request(submission, 3);
        assertThat(answers()).isEmpty();
        assertThat(authorized()).containsExactly(submission.enrollmentId());
    }

    @Test
    void revokedAndOfAFormerLifeAreBothSaid() {
        var former = enroll(device.submits());
        beginAnew();
        validator.revoke(ValidatorDriver.certificate(former));
        validator.request(renewal(former), 7);
        assertThat(answers()).containsExactly("7: renewal-revoked renewal-former-life");
        var present = enroll(installation.device(DEVICE).submits());
        validator.revoke(ValidatorDriver.certificate(present));
        beginAnew();
        validator.request(renewal(present), 7);
        assertThat(answers()).containsExactly("7: renewal-revoked renewal-former-life");
    }

    @Test
    void whatNoPolicyRenewsAnyMoreIsForgotten() {
        enroll(device.submits());
        beginAnew();
        assertThat(known()).hasSize(1);
        installation.clock().advance(BEYOND_VALIDITY.plusDays(365));
        enroll(installation.device(DEVICE).submits());
        assertThat(known()).isEmpty();
    }

    /// What the version before wrote says no more than that it is revoked.
    @Test
    void anEntryOfTheVersionBeforeIsARevokedOne() {
        var issued = enroll(device.submits());
        var id = CertificateId.of(ValidatorDriver.certificate(issued)).value();
        validator
                .<String, RevokedOfDevice>getKeyValueStore(StoreNames.REVOCATION_BY_DEVICE)
                .put(
                        KeyWithinDevice.of(DEVICE, id),
                        RevokedOfDevice.newBuilder()
                                .setNotAfter(issued.getNotAfter())
                                .build());
        validator.answers();
        validator.request(renewal(issued), 7);
        assertThat(answers()).containsExactly("7: renewal-revoked");
        validator.pipe(Topics.CERTIFICATE_ISSUED, DEVICE, issued);
        assertThat(validator.deadLetters()).isEmpty();
    }

    private List<String> known() {
        var keys = new ArrayList<String>();
        try (var entries = validator
                .<String, Object>getKeyValueStore(StoreNames.REVOCATION_BY_DEVICE)
                .all()) {
            entries.forEachRemaining(entry -> keys.add(entry.key));
        }
        return keys;
    }
}
