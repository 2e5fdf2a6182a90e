package dev.evenroll.validator.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.pki.profile.Profile;
import dev.evenroll.validator.registry.DeviceCommand;
import dev.evenroll.validator.registry.DeviceLife;
import dev.evenroll.validator.registry.EnrollmentModel;
import dev.evenroll.validator.simulation.Installation;
import dev.evenroll.validator.simulation.SimulatedDevice;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// A local controller is a device and a registration authority with one certificate: it renews that of its own, and
/// enrolls others.
class ControllerRenewalTest extends Judgement {

    private static final String CONTROLLER = "CTL-7";

    private final SimulatedDevice controller = installation.device(CONTROLLER);
    private final X509Certificate present =
            installation.issue(localController(), CONTROLLER, Installation.OWNER, spki(controller.keys()));
    private final DeviceLife.Known registered = registered(CONTROLLER, REGISTRATION.withProfile("local-controller"));

    @Test
    void itRenewsItsOwnCertificate() {
        var renewal = controller.renewing(present).submitsWithOrganization(Installation.OWNER);
        // Entered as an authority or not, active or not: it speaks for itself.
        for (var entered : new boolean[] {false, true}) {
            if (entered) {
                entersItForAnotherSite(false);
            }
            assertThat(judge(renewal, registered)).isInstanceOfSatisfying(Verdict.Accepted.class, accepted -> {
                assertThat(accepted.route())
                        .isEqualTo(new Route(EnrollmentModel.RENEWAL, Certificates.subject(present), null));
                assertThat(accepted.profile()).isEqualTo("local-controller");
                assertThat(accepted.newKeyRequired()).isTrue();
                assertThat(accepted.usedNotBefore())
                        .isEqualTo(present.getNotBefore().toInstant());
            });
            assertThat(isBarred(renewal, registered)).isFalse();
        }
    }

    @Test
    void everyRuleOfARenewalHolds() {
        var renewal = controller.renewing(present).submitsWithOrganization(Installation.OWNER);
        var sameKey =
                controller.renewing(present).withKeys(controller.keys()).submitsWithOrganization(Installation.OWNER);
        assertThat(rules(sameKey, registered)).containsExactly("renewal-new-key");
        assertThat(rules(controller.renewing(present).submits(), registered)).containsExactly("renewal-subject");
        assertThat(rules(renewal, after(registered, order -> new DeviceCommand.Suspend(order, "stolen"))))
                .containsExactly("device-suspended");
        assertThat(rules(renewal, after(registered, order -> new DeviceCommand.Transfer(order, "New Ltd", "Depot"))))
                .containsExactly("subject-organization");
        assertThat(rules(renewal, registered.used(installation.clock().instant().plusSeconds(1))))
                .containsExactly("renewal-superseded");

        ofFormerLife.add(CertificateId.of(present));
        assertThat(rules(renewal, registered)).containsExactly("renewal-former-life");
        revoked.add(CertificateId.of(present));
        assertThat(rules(renewal, registered)).containsExactly("renewal-revoked", "renewal-former-life");
        assertThat(isBarred(renewal, registered)).isTrue();
    }

    @Test
    void anExpiredOneNeedsTheGraceOfThePoliciesLikeAnyOther() {
        installation.clock().advance(Duration.ofDays(200));
        var renewal = controller.renewing(present).submitsWithOrganization(Installation.OWNER);
        assertThat(rules(renewal, registered)).containsExactly("renewal-expired");
    }

    /// Named after the device or not: what counts is whose certificate it is.
    @Test
    void itRenewsNoCertificateOfAnotherDevice() {
        entersItForAnotherSite(true);
        var others = controller.renewing(present).pretendingToBe("EVR-1").submits();
        assertThat(rules(others, enrolled("EVR-1")))
                .containsExactly("renewal-by-authority", "authority-site", "enrollment-model");
        assertThat(isBarred(others, enrolled("EVR-1"))).isTrue();
        assertThat(told(judge(others, enrolled("EVR-1"))))
                .anyMatch(sentence -> sentence.startsWith("authority-device|"));

        var ofItsSite = allowing(EnrollmentModel.CENTRAL_GATEWAY);
        enter(Set.of("Car park 3"), true);
        assertThat(rules(others, ofItsSite)).containsExactly("renewal-by-authority");
    }

    @Test
    void itEnrollsTheDevicesOfItsSiteWithTheSameCertificate() {
        enter(Set.of("Car park 3"), true);
        var request = device.presenting(controller.renewing(present).chain()).submits();
        assertThat(judge(request, allowing(EnrollmentModel.CENTRAL_GATEWAY)))
                .isInstanceOfSatisfying(
                        Verdict.Accepted.class,
                        accepted -> assertThat(accepted.route().model()).isEqualTo(EnrollmentModel.CENTRAL_GATEWAY));
    }

    private void entersItForAnotherSite(boolean active) {
        enter(Set.of("Depot 8"), active);
    }

    private void enter(Set<String> sites, boolean active) {
        var issuers = Set.of(Certificates.sha256(installation.issuingCa().certificate()));
        authorities.put(
                CONTROLLER,
                new Authority(
                        CONTROLLER,
                        AuthorityKind.LOCAL_CONTROLLER,
                        sites,
                        Set.of(),
                        active,
                        new AuthorityBinding(Set.of(), issuers)));
    }

    private static Profile localController() {
        return Installation.builtIn().stream()
                .filter(one -> one.name().equals("local-controller"))
                .findFirst()
                .orElseThrow();
    }
}
