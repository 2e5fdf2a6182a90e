package dev.evenroll.validator.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.authority.CertificateAuthority;
import dev.evenroll.pki.authority.CertificationRequests;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.identity.EnrollmentId;
import dev.evenroll.pki.identity.OneTimeToken;
import dev.evenroll.validator.registry.DeviceLife;
import dev.evenroll.validator.registry.EnrollmentModel;
import dev.evenroll.validator.simulation.Installation;
import dev.evenroll.validator.simulation.SimulatedDevice;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Whoever holds the gateway writes requests as he likes. Nothing that can be checked here is believed: he gets no
/// certificate for a device that no certificate, token or authority of this installation speaks for.
///
/// What can not be checked here is whether the requester holds the key of its certificate: docs/TRUST.md says what
/// a thief can make of that, and that is why a registered IDevID or key makes a difference.
class StolenGatewayTest extends Judgement {

    private final KeyPair thief = Keys.generateP256();
    private final Der request = CertificationRequests.create(thief, "EVR-1");
    private final DeviceTokenView token = new DeviceTokenView(
            OneTimeToken.random(new SecureRandom()).sha256(),
            List.of(),
            "bob",
            installation.clock().instant().plus(Duration.ofHours(1)),
            null,
            false);

    /// Everything that a thief can make or collect, for a device that allows every model.
    @Test
    void madeUpRequestersGetNothing() {
        authorities.put(
                "controller-7",
                new Authority(
                        "controller-7",
                        AuthorityKind.LOCAL_CONTROLLER,
                        Set.of("Car park 9"),
                        Set.of(),
                        true,
                        AuthorityBinding.NONE));
        installation.decidesBy("""
                version: any
                renewal: { graceAfterExpiry: P365D }
                policies:
                  - name: all
                    match: { manufacturer: acme }
                    decision: allow
                    unknownDevices: register
                    register: { owner: Charge Here Ltd, site: x, model: X1, ocppIdentity: "{serialNumber}" }
                """);
        var everyModel = allowing(
                EnrollmentModel.FACTORY,
                EnrollmentModel.FIELD,
                EnrollmentModel.JUST_IN_TIME,
                EnrollmentModel.CENTRAL_GATEWAY);
        for (var submission : forgeries()) {
            for (var life : List.of(new DeviceLife.Unregistered(), everyModel, enrolled("EVR-1"))) {
                assertThat(judge(submission, life, token, null))
                        .as(submission.toString())
                        .isInstanceOf(Verdict.Refused.class);
                // Not even a person's approval of something else helps.
                assertThat(judge(submission, life, token, "carol")).isInstanceOf(Verdict.Refused.class);
            }
        }
    }

    private List<Submission> forgeries() {
        var forgeries = new ArrayList<Submission>();
        var own = CertificateAuthority.selfSigned("Acme Devices CA", Duration.ofDays(10), installation.clock());
        for (var operation : EnrollmentOperation.values()) {
            for (var chain : List.of(
                    List.of(own.issueIdevid("Acme", "EVR-1", thief.getPublic())),
                    List.of(own.issueIdevid("Acme", "EVR-1", thief.getPublic()), own.certificate()),
                    List.of(
                            own.issueIdevid("Acme", "EVR-1", thief.getPublic()),
                            installation.acme().certificate()),
                    List.of(own.certificate()),
                    List.of(installation.acme().certificate()),
                    List.of(installation.issuingCa().certificate()),
                    List.of(own.issueRegistrationAuthority("controller-7", thief.getPublic(), Duration.ofDays(1))),
                    // Genuine certificates of others.
                    installation.device("EVR-2").chain(),
                    List.of(installation
                            .globex()
                            .issueIdevid("Globex", "EVR-2", Keys.generateP256().getPublic())),
                    List.of(installation.issue("EVR-2", Installation.OWNER, spki(thief))),
                    List.of(installation
                            .registrationAuthorities()
                            .issueRegistrationAuthority("controller-7", thief.getPublic(), Duration.ofDays(1))),
                    List.of(installation
                            .registrationAuthorities()
                            .issueClient("EVR-1", thief.getPublic(), Duration.ofDays(1))))) {
                forgeries.add(submission(operation, chain));
            }
            forgeries.add(
                    bearing(operation, OneTimeToken.random(new SecureRandom()).sha256()));
            forgeries.add(bearing(operation, "0".repeat(64)));
        }
        return forgeries;
    }

    @Test
    void theAnswerOfAnotherEnrollmentIsNotToBeHad() {
        var genuine = device.submits();
        for (var id : List.of("", "0".repeat(64), new EnrollmentId("ab".repeat(32)).value())) {
            var forged = new Submission(
                    id,
                    "EVR-1",
                    genuine.operation(),
                    genuine.certificationRequest(),
                    genuine.requesterChain(),
                    null,
                    genuine.remoteAddress());
            assertThat(rules(forged, registered("EVR-1"))).containsExactly("enrollment-id");
        }
    }

    /// A genuine token belongs to one device; its digest with another request is another enrollment.
    @Test
    void aTokensDigestDoesNotMakeTheIdOfAnEnrollmentWithACertificate() {
        var withToken = bearing(EnrollmentOperation.SIMPLE_ENROLL, token.tokenSha256());
        assertThat(judge(withToken, allowing(EnrollmentModel.FIELD), token, null))
                .isInstanceOf(Verdict.Accepted.class);
        var idOfCertificate = new Submission(
                device.submits(request).enrollmentId(),
                "EVR-1",
                EnrollmentOperation.SIMPLE_ENROLL,
                request,
                List.of(),
                token.tokenSha256(),
                SimulatedDevice.ADDRESS);
        assertThat(sentences(judge(idOfCertificate, allowing(EnrollmentModel.FIELD), token, null)))
                .singleElement()
                .asString()
                .startsWith("enrollment-id|");
    }

    @Test
    void aRequestThatTheThiefChangedProvesNothing() {
        var random = new Random(20261123);
        var genuine = device.submits();
        for (var round = 0; round < 500; round++) {
            var bytes = genuine.certificationRequest().bytes();
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            var changed = Der.of(bytes);
            var submission = new Submission(
                    EnrollmentId.of(genuine.requesterChain().getFirst(), changed)
                            .value(),
                    "EVR-1",
                    genuine.operation(),
                    changed,
                    genuine.requesterChain(),
                    null,
                    genuine.remoteAddress());
            assertThat(judge(submission, registered("EVR-1"))).isInstanceOf(Verdict.Refused.class);
        }
    }

    /// The address is only what the gateway says: a policy that goes by it does so for want of better.
    @Test
    void textsOfTheGatewayBreakNothing() {
        for (var text : List.of("", "not an address", "\u0000", "x".repeat(10_000))) {
            var submission = new Submission(
                    text, text, EnrollmentOperation.SIMPLE_ENROLL, request, List.of(request), text, text);
            assertThat(judge(submission, registered("EVR-1"))).isInstanceOf(Verdict.Refused.class);
        }
    }

    @Test
    void anAddressThatIsNoneIsInNoNetwork() {
        installation.decidesBy("""
                version: near
                policies:
                  - name: near
                    match: { address: ["0.0.0.0/0", "::/0"] }
                    decision: allow
                """);
        var genuine = device.submits();
        for (var address : List.of("", "localhost", "192.0.2.1, 10.0.0.1", "1".repeat(5_000), "::g\u0000")) {
            var submission = new Submission(
                    genuine.enrollmentId(),
                    "EVR-1",
                    genuine.operation(),
                    genuine.certificationRequest(),
                    genuine.requesterChain(),
                    null,
                    address);
            assertThat(rules(submission, allowing(EnrollmentModel.JUST_IN_TIME)))
                    .containsExactly("policy-none");
        }
        assertThat(judge(genuine, allowing(EnrollmentModel.JUST_IN_TIME))).isInstanceOf(Verdict.Accepted.class);
    }

    private Submission submission(EnrollmentOperation operation, List<X509Certificate> chain) {
        var certificates = chain.stream().map(Certificates::der).toList();
        return new Submission(
                EnrollmentId.of(certificates.getFirst(), request).value(),
                "EVR-1",
                operation,
                request,
                certificates,
                null,
                SimulatedDevice.ADDRESS);
    }

    private Submission bearing(EnrollmentOperation operation, String tokenSha256) {
        return new Submission(
                EnrollmentId.ofToken(tokenSha256, request).value(),
                "EVR-1",
                operation,
                request,
                List.of(),
                tokenSha256,
                SimulatedDevice.ADDRESS);
    }
}
