package dev.evenroll.validator.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.schemas.event.CertificateRevoked;
import dev.evenroll.schemas.event.DeadLetter;
import dev.evenroll.schemas.event.EnrollmentAuthorized;
import dev.evenroll.schemas.event.EnrollmentRefused;
import dev.evenroll.schemas.event.Finding;
import dev.evenroll.schemas.event.Issued;
import dev.evenroll.schemas.event.Refused;
import dev.evenroll.schemas.event.RevocationReason;
import dev.evenroll.schemas.topic.Topics;
import dev.evenroll.validator.simulation.Installation;
import dev.evenroll.validator.simulation.SimulatedDevice;
import dev.evenroll.validator.validation.Submission;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a revocation changes in the decision about a device.
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class RevocationJourneyTest {

    @TempDir
    private Path state;

    private final Installation installation = new Installation();
    private final SimulatedDevice device = installation.device("EVR-1");
    private ValidatorDriver validator;

    @BeforeEach
    void start() {
        validator = ValidatorDriver.start(installation, state);
        validator.register("EVR-1");
    }

    @AfterEach
    void stop() {
        validator.close();
    }

    /// Pins: the same request was answered with the certificate until it expired, revoked or not.
    @Test
    void aRevokedCertificateIsNotHandedOutAgain() {
        var submission = device.submits();
        validator.request(submission, 3);
        var first = validator.issue(authorization());
        validator.revoke(ValidatorDriver.certificate(first));

        validator.request(submission, 3);
        assertThat(validator.answers()).isEmpty();
        var second = validator.issue(authorization());
        validator.request(submission, 3);
        assertThat(validator.answers())
                .singleElement()
                .satisfies(answer -> assertThat(((Issued) answer.outcome().getResult()).getCertificate())
                        .isEqualTo(second.getCertificate())
                        .isNotEqualTo(first.getCertificate()));
    }

    @Test
    void otherCertificatesOfTheDeviceAreStillHandedOut() {
        var kept = device.submits();
        validator.request(kept, 3);
        validator.issue(authorization());
        validator.request(installation.device("EVR-1").submits(), 3);
        validator.revoke(ValidatorDriver.certificate(validator.issue(authorization())));

        validator.request(kept, 3);
        assertThat(validator.answers()).hasSize(1);
        assertThat(validator.authorizations()).isEmpty();
    }

    @Test
    void aRevokedCertificateIsNotRenewedWhateverTheGatewayLetsThrough() {
        var present = enrolled();
        validator.revoke(present);
        validator.request(renewal(present), 4);
        assertThat(rules(validator.refusals())).containsExactly(List.of("renewal-revoked"));
        assertThat(validator.answers()).hasSize(1);
        assertThat(validator.authorizations()).isEmpty();

        validator.request(installation.device("EVR-1").submits(), 4);
        assertThat(validator.authorizations()).hasSize(1);
    }

    @Test
    void aHeldCertificateIsNotRenewedUntilItIsReleased() {
        var present = enrolled();
        validator.withdraw(present, RevocationReason.CERTIFICATE_HOLD);
        validator.request(renewal(present), 4);
        assertThat(rules(validator.refusals())).containsExactly(List.of("renewal-revoked"));
        assertThat(validator.authorizations()).isEmpty();

        validator.withdraw(present, RevocationReason.REMOVE_FROM_CRL);
        validator.request(renewal(present), 4);
        assertThat(validator.authorizations()).hasSize(1);
    }

    @Test
    void aReleaseDoesNotUndoARevocation() {
        var present = enrolled();
        validator.withdraw(present, RevocationReason.CERTIFICATE_HOLD);
        validator.revoke(present);
        validator.withdraw(present, RevocationReason.REMOVE_FROM_CRL);
        validator.request(renewal(present), 4);
        assertThat(rules(validator.refusals())).containsExactly(List.of("renewal-revoked"));
    }

    @Test
    void aRenewalInFlightOrDoneIsNotAnsweredToTheHolderOfARevokedCertificate() {
        var present = enrolled();
        var inFlight = renewal(present);
        var done = renewal(present);
        validator.request(done, 4);
        validator.issue(authorization());
        validator.request(inFlight, 4);
        var authorized = authorization();
        validator.revoke(present);

        for (var submission : List.of(inFlight, done)) {
            validator.request(submission, 5);
            assertThat(rules(validator.refusals())).containsExactly(List.of("renewal-revoked"));
            assertThat(validator.answers())
                    .singleElement()
                    .satisfies(
                            answer -> assertThat(answer.outcome().getResult()).isInstanceOf(Refused.class));
        }
        // The refusal of the repeat does not end what the CA is busy with.
        validator.issue(authorized);
        assertThat(validator.deadLetters()).isEmpty();
    }

    @Test
    void aRevocationThatIsReadBeforeTheIssuanceCountsToo() {
        var submission = device.submits();
        validator.request(submission, 3);
        validator.request(submission, 5);
        var issued = validator.issued(authorization());
        validator.revoke(ValidatorDriver.certificate(issued));
        validator.pipe(Topics.CERTIFICATE_ISSUED, "EVR-1", issued);

        assertThat(validator.answers()).singleElement().satisfies(answer -> {
            assertThat(answer.partition()).isEqualTo(5);
            assertThat(((Refused) answer.outcome().getResult()).getFindings())
                    .extracting(Finding::getMessage)
                    .containsExactly("certificate: was issued, and has been revoked since; "
                            + "make the request again for another one");
        });
        validator.request(submission, 3);
        assertThat(validator.authorizations()).hasSize(1);
    }

    @Test
    void aRevocationIsForgottenWhenNoPolicyRenewsTheCertificateAnyMore() {
        validator.revoke(enrolled());
        assertThat(revocations()).hasSize(1);
        installation.clock().advance(Duration.ofDays(800));
        validator.request(installation.device("EVR-1").submits(), 3);
        validator.issue(authorization());
        assertThat(revocations()).isEmpty();
    }

    @Test
    void aRevocationUnderAnotherKeyIsPutAside() {
        var revoked = validator.revoked(enrolled());
        validator.pipe(Topics.CERTIFICATE_REVOKED, "ab-cd", revoked);
        assertThat(validator.deadLetters())
                .extracting(DeadLetter::getCause)
                .containsExactly("The record's key is not the certificate that its event is about: "
                        + "it stands in a wrong place.");
        assertThat(validator.observations()).hasSize(1);
        assertThat(revocations()).isEmpty();
    }

    @Test
    void aRevocationThatNamesNoCertificateIsPutAside() {
        var revoked = CertificateRevoked.newBuilder(validator.revoked(enrolled()))
                .setCertificateId("nothing")
                .build();
        validator.pipe(Topics.CERTIFICATE_REVOKED, "nothing", revoked);
        assertThat(validator.deadLetters())
                .extracting(DeadLetter::getCause)
                .containsExactly("The event names no certificate: certificate id: must be the issuer's key id, '-' "
                        + "and the serial number");
    }

    private X509Certificate enrolled() {
        validator.request(device.submits(), 3);
        return ValidatorDriver.certificate(validator.issue(authorization()));
    }

    private Submission renewal(X509Certificate present) {
        return device.renewing(present).submitsWithOrganization(Installation.OWNER);
    }

    private EnrollmentAuthorized authorization() {
        var authorizations = validator.authorizations();
        assertThat(authorizations).hasSize(1);
        return authorizations.getFirst();
    }

    private List<String> revocations() {
        var keys = new ArrayList<String>();
        try (var entries = validator
                .<String, Object>getKeyValueStore(StoreNames.REVOCATION_BY_DEVICE)
                .all()) {
            entries.forEachRemaining(entry -> keys.add(entry.key));
        }
        return keys;
    }

    private static List<List<String>> rules(List<EnrollmentRefused> refusals) {
        return refusals.stream()
                .map(refusal ->
                        refusal.getFindings().stream().map(Finding::getRule).toList())
                .toList();
    }
}
