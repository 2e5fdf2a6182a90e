package dev.evenroll.validator.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.identity.OneTimeToken;
import dev.evenroll.validator.registry.DeviceCommand;
import dev.evenroll.validator.registry.EnrollmentModel;
import dev.evenroll.validator.simulation.Installation;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Who proves who he is with a blocked key proves nothing, whatever certificate is over it.
class BlockedRequesterTest extends Judgement {

    private static final String CONTROLLER = "controller-7";

    private final KeyPair stolen = Keys.generateP256();
    private final String fingerprint = spki(stolen).sha256Hex();
    private final String sentence = "requester-key-blocked|requester certificate: its key " + fingerprint
            + " is blocked; ask with a certificate over another key, or with a one-time token";

    private final Submission byPresentCertificate = device.renewing(
                    installation.issue("EVR-1", Installation.OWNER, spki(stolen)))
            .submitsWithOrganization(Installation.OWNER);
    private final Submission byManufacturersCertificate =
            presenting(installation.acme().issueIdevid("Acme", "EVR-1", stolen.getPublic()));
    private final Submission byAuthority = presenting(installation
            .registrationAuthorities()
            .issueRegistrationAuthority(CONTROLLER, stolen.getPublic(), Duration.ofDays(30)));

    private Submission presenting(X509Certificate certificate) {
        return device.presenting(List.of(certificate)).submits();
    }

    private void enterController() {
        authorities.put(
                CONTROLLER,
                new Authority(
                        CONTROLLER,
                        AuthorityKind.LOCAL_CONTROLLER,
                        Set.of("Car park 3"),
                        Set.of(),
                        true,
                        AuthorityBinding.NONE));
    }

    @Test
    void aKeyThatAPersonBlockedCountsForEveryModel() {
        enterController();
        var registered = allowing(EnrollmentModel.FACTORY, EnrollmentModel.CENTRAL_GATEWAY);
        for (var submission : List.of(byPresentCertificate, byManufacturersCertificate, byAuthority)) {
            assertThat(judge(submission, registered)).isInstanceOf(Verdict.Accepted.class);
        }
        blockedByPeople.add(fingerprint);
        for (var submission : List.of(byPresentCertificate, byManufacturersCertificate, byAuthority)) {
            var verdict = judge(submission, registered);
            assertThat(sentences(verdict)).containsExactly(sentence);
            assertThat(told(verdict)).containsExactly(sentence);
            assertThat(alarms(verdict)).singleElement().asString().startsWith("BLOCKED_KEY|A request of ");
        }
    }

    @Test
    void theListOfTheInstallationCountsForEveryModel() {
        enterController();
        installation.blocks(stolen.getPublic());
        var registered = allowing(EnrollmentModel.FACTORY, EnrollmentModel.CENTRAL_GATEWAY);
        for (var submission : List.of(byPresentCertificate, byManufacturersCertificate, byAuthority)) {
            assertThat(refusals(submission, registered)).containsExactly(sentence);
        }
    }

    @Test
    void whatIsKnownAlreadyIsBarred() {
        enterController();
        var circumstances =
                circumstances(allowing(EnrollmentModel.FACTORY, EnrollmentModel.CENTRAL_GATEWAY), null, null);
        for (var submission : List.of(byPresentCertificate, byManufacturersCertificate, byAuthority)) {
            assertThat(installation.judge().isBarred(submission, circumstances)).isFalse();
            blockedByPeople.add(fingerprint);
            assertThat(installation.judge().isBarred(submission, circumstances)).isTrue();
            blockedByPeople.clear();
            installation.blocks(stolen.getPublic());
            assertThat(installation.judge().isBarred(submission, circumstances)).isTrue();
            installation.blocksNothing();
        }
    }

    /// Whoever found the key asks about the device that it was made for.
    @Test
    void theHolderOfABlockedKeyHearsNothingOfTheRegistry() {
        blockedByPeople.add(fingerprint);
        var suspended = after(enrolled("EVR-1"), order -> new DeviceCommand.Suspend(order, "stolen"));
        assertThat(rules(byPresentCertificate, suspended)).containsExactly("requester-key-blocked", "device-suspended");
        assertThat(answer(byPresentCertificate, suspended)).containsExactly("requester-key-blocked");
    }

    @Test
    void anIdevidAtTheWrongOperationIsBlockedAsWell() {
        blockedByPeople.add(fingerprint);
        assertThat(rules(
                        device.presenting(List.of(installation.acme().issueIdevid("Acme", "EVR-1", stolen.getPublic())))
                                .asking(EnrollmentOperation.SIMPLE_REENROLL)
                                .submits(),
                        enrolled("EVR-1")))
                .containsExactly("renewal-with-idevid", "requester-key-blocked");
    }

    /// A token is proof without a key: certificates that come along are not looked at.
    @Test
    void whoBearsATokenHasNoKey() {
        var token = OneTimeToken.random(new SecureRandom());
        var borne = device.bearing(token).submits();
        var withChain = new Submission(
                borne.enrollmentId(),
                borne.deviceId(),
                borne.operation(),
                borne.certificationRequest(),
                byManufacturersCertificate.requesterChain(),
                borne.tokenSha256(),
                borne.remoteAddress());
        blockedByPeople.add(Der.of(stolen.getPublic().getEncoded()).sha256Hex());
        var circumstances = circumstances(allowing(EnrollmentModel.FIELD), null, null);
        assertThat(installation.judge().isBarred(withChain, circumstances)).isFalse();
        assertThat(rules(withChain, allowing(EnrollmentModel.FIELD))).containsExactly("token-none");
    }
}
