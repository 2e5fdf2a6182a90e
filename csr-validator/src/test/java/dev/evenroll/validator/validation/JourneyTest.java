package dev.evenroll.validator.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.pki.identity.OneTimeToken;
import dev.evenroll.policy.Admission;
import dev.evenroll.validator.registry.DeviceCommand;
import dev.evenroll.validator.registry.DeviceLife;
import dev.evenroll.validator.registry.EnrollmentModel;
import dev.evenroll.validator.simulation.Installation;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The life of one device under each enrollment model, from verdict to verdict; the registry follows them as the
/// topology makes it do.
class JourneyTest extends Judgement {

    private DeviceLife life = new DeviceLife.Unregistered();
    private @Nullable DeviceTokenView token;

    @Test
    void factoryThenRenewalsThenRevocation() {
        life = allowing(EnrollmentModel.FACTORY);
        var first = issued(accepted(device.submits(), null));
        installation.clock().advance(Duration.ofDays(300));
        var second = issued(accepted(device.renewing(first).submitsWithOrganization(Installation.OWNER), null));
        // The second got lost; the device has still the first.
        var third = issued(accepted(device.renewing(first).submitsWithOrganization(Installation.OWNER), null));
        installation.clock().advance(Duration.ofDays(30));
        issued(accepted(device.renewing(third).submitsWithOrganization(Installation.OWNER), null));
        assertThat(rules(device.renewing(first).submitsWithOrganization(Installation.OWNER), life))
                .containsExactly("renewal-superseded");
        revoked.add(CertificateId.of(second));
        assertThat(rules(device.renewing(second).submitsWithOrganization(Installation.OWNER), life))
                .containsExactly("renewal-revoked");
    }

    @Test
    void fieldByTheTokenOnceThenRenewal() {
        life = allowing(EnrollmentModel.FIELD);
        var secret = OneTimeToken.random(new SecureRandom());
        var expiresAt = installation.clock().instant().plus(Duration.ofHours(24));
        token = new DeviceTokenView(secret.sha256(), List.of(), "bob", expiresAt, null, false);
        var request = device.bearing(secret).submits();
        var verdict = accepted(request, null);
        assertThat(verdict.spendsToken()).isTrue();
        token = new DeviceTokenView(secret.sha256(), List.of(), "bob", expiresAt, request.enrollmentId(), false);
        var certificate = issued(verdict);

        assertThat(sentences(judge(
                        device.withKeys(Keys.generateP256()).bearing(secret).submits(), life, token, null)))
                .singleElement()
                .asString()
                .startsWith("token-spent|");
        accepted(device.renewing(certificate).submitsWithOrganization(Installation.OWNER), null);
    }

    @Test
    void justInTimeFromUnknownThroughQuarantineToRenewal() {
        installation.decidesBy("""
                version: rollout
                policies:
                  - name: rollout
                    match: { manufacturer: acme, serialNumber: "EVR-[0-9]+" }
                    decision: allow
                    quotaPerHour: 10
                    unknownDevices: quarantine
                    register: { owner: Charge Here Ltd, site: unassigned, model: X1, ocppIdentity: "{serialNumber}" }
                """);
        var waiting = (Verdict.Waiting) judge(device.submits(), life);
        enter(waiting.route(), Objects.requireNonNull(waiting.admission()));
        assertThat(life).isInstanceOf(DeviceLife.Quarantined.class);

        // Whatever else it asks for waits as well.
        assertThat(judge(device.withKeys(Keys.generateP256()).submits(), life))
                .isInstanceOfSatisfying(
                        Verdict.Waiting.class,
                        next -> assertThat(next.admission()).isNull());

        var verdict = accepted(device.submits(), "carol");
        assertThat(verdict.quotaPerHour()).isEqualTo(10);
        assertThat(verdict.admission()).isNull();
        life = known().approved(installation.clock().instant());
        var certificate = issued(verdict);
        assertThat(life).isInstanceOf(DeviceLife.Enrolled.class);
        accepted(device.renewing(certificate).submitsWithOrganization(Installation.OWNER), null);
    }

    @Test
    void centralGatewayUntilTheDeviceMovesAway() {
        life = allowing(EnrollmentModel.CENTRAL_GATEWAY);
        authorities.put(
                "controller-7",
                new Authority(
                        "controller-7",
                        AuthorityKind.LOCAL_CONTROLLER,
                        Set.of("Car park 3"),
                        Set.of(),
                        true,
                        AuthorityBinding.NONE));
        var controller = installation
                .registrationAuthorities()
                .issueRegistrationAuthority("controller-7", Keys.generateP256().getPublic(), Duration.ofDays(30));
        var behind = device.presenting(List.of(controller));
        issued(accepted(behind.submits(), null));
        life = after(known(), order -> new DeviceCommand.Transfer(order, Installation.OWNER, "Car park 9"));
        assertThat(answer(behind.withKeys(Keys.generateP256()).submits(), life)).containsExactly("authority-device");
        life = after(known(), order -> new DeviceCommand.Transfer(order, Installation.OWNER, "Car park 3"));
        accepted(behind.withKeys(Keys.generateP256()).submits(), null);
    }

    @Test
    void expiredThenApprovedThenTrustedAgain() {
        installation.decidesBy("""
                version: grace
                renewal: { graceAfterExpiry: P14D }
                policies: [{ name: nobody, match: { manufacturer: nobody }, decision: allow }]
                """);
        life = allowing(EnrollmentModel.FACTORY);
        var certificate = issued(accepted(device.submits(), null));
        installation.clock().advance(Duration.ofDays(370));
        var renewal = device.renewing(certificate).submitsWithOrganization(Installation.OWNER);
        var waiting = (Verdict.Waiting) judge(renewal, life);
        assertThat(waiting.quarantine()).isTrue();
        life = known().quarantined(waiting.reason(), installation.clock().instant());
        var verdict = accepted(renewal, "carol");
        life = known().approved(installation.clock().instant());
        var renewed = issued(verdict);
        accepted(device.renewing(renewed).submitsWithOrganization(Installation.OWNER), null);
    }

    private Verdict.Accepted accepted(Submission submission, @Nullable String approver) {
        var verdict = judge(submission, life, token, approver);
        assertThat(verdict).isInstanceOf(Verdict.Accepted.class);
        return (Verdict.Accepted) verdict;
    }

    /// What issuer and registry make of an acceptance.
    private X509Certificate issued(Verdict.Accepted accepted) {
        var certificate = installation.issue("EVR-1", accepted.owner(), accepted.subjectPublicKeyInfo());
        if (accepted.usedNotBefore() != null) {
            life = known().used(accepted.usedNotBefore());
        }
        life = known().certified(
                        installation.clock().instant(),
                        certificate.getNotAfter().toInstant());
        return certificate;
    }

    private void enter(Route route, Admission admission) {
        var decided = Objects.requireNonNull(route.policy());
        life = new DeviceLife.Unregistered()
                .admitted(
                        new DeviceId("EVR-1"),
                        JustInTime.registration(decided, admission),
                        decided.outcome().policy(),
                        admission.quarantined(),
                        installation.clock().instant());
    }

    private DeviceLife.Known known() {
        return (DeviceLife.Known) life;
    }
}
