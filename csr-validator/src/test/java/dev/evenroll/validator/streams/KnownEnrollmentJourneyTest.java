package dev.evenroll.validator.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.pki.identity.OneTimeToken;
import dev.evenroll.schemas.event.CertificateIssued;
import dev.evenroll.schemas.event.Issued;
import dev.evenroll.schemas.event.JobLine;
import dev.evenroll.schemas.event.RegistrationAuthority;
import dev.evenroll.schemas.event.RegistrationAuthorityKind;
import dev.evenroll.schemas.topic.Topics;
import dev.evenroll.validator.registry.DeviceCommand;
import dev.evenroll.validator.registry.EnrollmentModel;
import dev.evenroll.validator.simulation.Installation;
import dev.evenroll.validator.validation.Submission;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// An enrollment that is known already, when the device or who asks for it has changed in between.
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class KnownEnrollmentJourneyTest extends Journey {

    private static final String DEVICE = "EVR-1";

    private Submission submission;

    @BeforeEach
    void registerDevice() {
        register(DEVICE, EnrollmentModel.FACTORY, EnrollmentModel.FIELD, EnrollmentModel.CENTRAL_GATEWAY);
        submission = installation.device(DEVICE).submits();
    }

    private CertificateIssued enroll(Submission submission) {
        validator.request(submission, 1);
        var issued = validator.issue(authorization());
        forgetEvents();
        return issued;
    }

    private void forgetEvents() {
        validator.answers();
        validator.registry();
        validator.observations();
        validator.refusals();
    }

    private void suspend() {
        validator.command(new DeviceCommand.Suspend(order(DEVICE, "alice"), "stolen"));
    }

    private void resume() {
        validator.command(new DeviceCommand.Resume(order(DEVICE, "alice"), "found"));
    }

    private void decommission() {
        validator.command(new DeviceCommand.Decommission(order(DEVICE, "alice"), "scrapped"));
    }

    private void transfer(String owner, String site) {
        validator.command(new DeviceCommand.Transfer(order(DEVICE, "alice"), owner, site));
    }

    private void enter(boolean active, String site) {
        validator.pipe(
                Topics.REGISTRATION_AUTHORITY_REGISTRY,
                "controller-1",
                RegistrationAuthority.newBuilder()
                        .setEnvironment("test")
                        .setOccurredAt(Instant.EPOCH)
                        .setName("controller-1")
                        .setKind(RegistrationAuthorityKind.LOCAL_CONTROLLER)
                        .setSites(List.of(site))
                        .setManufacturers(List.of())
                        .setActive(active)
                        .setActor("alice")
                        .setRevision(1)
                        .build());
    }

    private Submission behindController() {
        var controller = installation
                .registrationAuthorities()
                .issueRegistrationAuthority("controller-1", Keys.generateP256().getPublic(), Duration.ofDays(365));
        return installation.device(DEVICE).presenting(List.of(controller)).submits();
    }

    private void assertAnsweredWith(ByteBuffer certificate) {
        assertThat(validator.answers())
                .singleElement()
                .satisfies(answer -> assertThat(((Issued) answer.outcome().getResult()).getCertificate())
                        .isEqualTo(certificate));
        assertThat(authorized()).isEmpty();
    }

    @Test
    void aSuspendedDeviceIsRefusedWhatItHadBefore() {
        var issued = enroll(submission);
        suspend();
        validator.request(submission, 2);
        assertThat(answers()).containsExactly("2: device-suspended");
        assertThat(refusals()).containsExactly("device-suspended");
        resume();
        validator.request(submission, 3);
        assertAnsweredWith(issued.getCertificate());
    }

    @Test
    void aSuspendedDeviceDoesNotJoinWhatIsInFlight() {
        validator.request(submission, 1);
        var authorized = authorization();
        suspend();
        validator.request(submission, 2);
        assertThat(answers()).containsExactly("2: device-suspended");
        resume();
        validator.request(submission, 3);
        assertThat(authorized()).as("it is still in flight").isEmpty();
        validator.issue(authorized);
        assertThat(answers()).containsExactly("3: " + CERTIFICATE);
    }

    @Test
    void aDecommissionedDeviceIsRefusedWhatItHadBefore() {
        enroll(submission);
        decommission();
        validator.request(submission, 2);
        assertThat(answers()).containsExactly("2: device-decommissioned");
    }

    @Test
    void aDeviceThatIsRegisteredAnewIsNotAnsweredWithACertificateOfItsFormerLife() {
        enroll(submission);
        decommission();
        register(DEVICE, EnrollmentModel.FACTORY);
        validator.request(submission, 2);
        assertThat(answers()).isEmpty();
        assertThat(authorized()).hasSize(1);
    }

    @Test
    void afterATransferTheSameRequestIsANewEnrollment() {
        var first = enroll(submission);
        transfer("Other Ltd", "Yard");
        validator.request(submission, 2);
        assertThat(answers()).isEmpty();
        var authorized = authorization();
        assertThat(authorized.getOrganization()).isEqualTo("Other Ltd");
        var second = validator.issue(authorized);
        assertThat(observed()).isEmpty();
        assertThat(second.getCertificate()).isNotEqualTo(first.getCertificate());
        validator.request(submission, 3);
        assertAnsweredWith(second.getCertificate());
    }

    @Test
    void atAnotherSiteOfTheSameOwnerTheSameRequestIsTheSameEnrollment() {
        var issued = enroll(submission);
        transfer(Installation.OWNER, "Yard");
        validator.request(submission, 2);
        assertAnsweredWith(issued.getCertificate());
    }

    @Test
    void aTokenGoesOnOpeningItsEnrollmentAndNoneOfTheNextOwner() {
        var token = OneTimeToken.random(new SecureRandom());
        validator.command(new DeviceCommand.CreateToken(
                order(DEVICE, "ina"),
                token.sha256(),
                installation.clock().instant().plus(Duration.ofHours(24))));
        var borne = installation.device(DEVICE).bearing(token).submits();
        var issued = enroll(borne);
        pass(Duration.ofDays(2));
        validator.request(borne, 2);
        assertAnsweredWith(issued.getCertificate());
        transfer("Other Ltd", "Yard");
        validator.request(borne, 3);
        assertThat(authorized()).isEmpty();
        assertThat(answers()).singleElement().asString().startsWith("3: token");
    }

    @Test
    void anAuthorityThatMaySpeakNoMoreIsRefusedWhatItHadBefore() {
        var site = ValidatorDriver.REGISTRATION.site();
        enter(true, site);
        var asked = behindController();
        var issued = enroll(asked);
        enter(false, site);
        validator.request(asked, 2);
        assertThat(answers()).containsExactly("2: authority-inactive");
        enter(true, "Yard");
        validator.request(asked, 3);
        assertThat(answers()).containsExactly("3: authority-device");
        enter(true, site);
        validator.request(asked, 4);
        assertAnsweredWith(issued.getCertificate());
    }

    @Test
    void aCertificateForTheFormerOwnerDoesNotEnrollTheDeviceOfTheNewOne() {
        validator.request(submission, 1);
        var authorized = authorization();
        validator.request(submission, 2);
        validator.request(submission, new JobLine("j", 1));
        transfer("Other Ltd", "Yard");
        forgetEvents();
        var issued = validator.issue(authorized);
        assertThat(registry()).isEmpty();
        assertThat(answers()).containsExactly("2: device-changed");
        assertThat(lines()).containsExactly("j/1: device-changed");
        assertToBeRevoked(issued);
        validator.request(submission, 3);
        validator.issue(authorization());
        assertThat(registry()).singleElement().asString().startsWith("ENROLLED");
        assertThat(observed()).isEmpty();
    }

    @Test
    void aCertificateForADecommissionedDeviceIsToBeRevoked() {
        validator.request(submission, 1);
        var authorized = authorization();
        validator.request(submission, 2);
        decommission();
        forgetEvents();
        var issued = validator.issue(authorized);
        assertThat(registry()).isEmpty();
        assertThat(answers()).containsExactly("2: device-changed");
        assertToBeRevoked(issued);
    }

    private void assertToBeRevoked(CertificateIssued issued) {
        var id = CertificateId.of(ValidatorDriver.certificate(issued)).value();
        assertThat(validator.observations()).singleElement().satisfies(observed -> {
            assertThat(observed.getSubject()).isEqualTo(DEVICE);
            assertThat(observed.getMessage())
                    .isEqualTo("A certificate was issued for the device EVR-1 after it had got another owner, or had "
                            + "been decommissioned: revoke the certificate " + id + ".");
            assertThat(observed.getAttributes())
                    .containsEntry("certificateId", id)
                    .containsEntry("enrollmentId", issued.getEnrollmentId());
        });
    }

    @Test
    void nobodyIsToldToRevokeWhatIsRevokedAlready() {
        validator.request(submission, 1);
        var issued = validator.issued(authorization());
        transfer("Other Ltd", "Yard");
        validator.revoke(ValidatorDriver.certificate(issued));
        forgetEvents();
        validator.pipe(Topics.CERTIFICATE_ISSUED, DEVICE, issued);
        assertThat(registry()).isEmpty();
        assertThat(observed()).isEmpty();
    }

    @Test
    void aSuspendedDeviceThatIsCertifiedComesBackEnrolled() {
        validator.request(submission, 1);
        var authorized = authorization();
        suspend();
        forgetEvents();
        var issued = validator.issue(authorized);
        assertThat(observed()).isEmpty();
        resume();
        assertThat(registry().getLast()).startsWith("ENROLLED");
        validator.request(submission, 2);
        assertAnsweredWith(issued.getCertificate());
    }
}
