package dev.evenroll.validator.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.authority.CertificateAuthority;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.profile.Assurance;
import dev.evenroll.validator.registry.DeviceCommand;
import dev.evenroll.validator.registry.DeviceLife;
import dev.evenroll.validator.registry.EnrollmentModel;
import dev.evenroll.validator.simulation.Installation;
import dev.evenroll.validator.simulation.SimulatedDevice;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Registration authorities: a local controller for the devices of its sites (model `central-gateway`), a factory
/// line for those of its manufacturer (model `factory`).
class AuthorityTest extends Judgement {

    private static final String CONTROLLER = "controller-7";
    private static final String LINE = "line-1";

    private final CertificateAuthority authority = installation.registrationAuthorities();

    @Test
    void aLocalControllerEnrollsTheDevicesOfItsSites() {
        enter(CONTROLLER, AuthorityKind.LOCAL_CONTROLLER, Set.of("Car park 2", "Car park 3"), Set.of(), true);
        assertThat(judge(behind(CONTROLLER).submits(), allowing(EnrollmentModel.CENTRAL_GATEWAY)))
                .isEqualTo(new Verdict.Accepted(
                        new Route(EnrollmentModel.CENTRAL_GATEWAY, "CN=" + CONTROLLER, null),
                        Installation.OWNER,
                        spki(device.keys()),
                        null,
                        null,
                        false,
                        null,
                        false,
                        "charging-station",
                        Assurance.SOFTWARE_KEY));
    }

    @Test
    void aFactoryLineEnrollsTheDevicesOfItsManufacturer() {
        enter(LINE, AuthorityKind.FACTORY_LINE, Set.of(), Set.of("acme"), true);
        assertThat(judge(behind(LINE).submits(), allowing(EnrollmentModel.FACTORY)))
                .isInstanceOfSatisfying(
                        Verdict.Accepted.class,
                        accepted -> assertThat(accepted.route())
                                .isEqualTo(new Route(EnrollmentModel.FACTORY, "CN=" + LINE, null)));
    }

    @Test
    void ourIssuingCaCertifiesRegistrationAuthoritiesToo() {
        var certificate = installation
                .issuingCa()
                .issueRegistrationAuthority(CONTROLLER, Keys.generateP256().getPublic(), Duration.ofDays(30));
        var request = device.presenting(List.of(certificate)).submits();
        bind(Set.of(), Set.of(sha256(installation.issuingCa().certificate())));
        assertThat(judge(request, allowing(EnrollmentModel.CENTRAL_GATEWAY))).isInstanceOf(Verdict.Accepted.class);

        // Not the CA that is there for registration authorities: only who is bound to it.
        enter(CONTROLLER, AuthorityKind.LOCAL_CONTROLLER, Set.of("Car park 3"), Set.of(), true);
        assertThat(refusals(request, allowing(EnrollmentModel.CENTRAL_GATEWAY)))
                .containsExactly("authority-unbound|requester certificate: is that of the registration authority "
                        + "\"controller-7\", which is bound to no CA, and several are trusted for registration "
                        + "authorities; have a registrar bind it to its CA or its certificate");
    }

    @Test
    void anAuthorityIsBoundToItsCertificates() {
        var certificate = certificate(CONTROLLER);
        var request = device.presenting(List.of(certificate)).submits();
        var life = allowing(EnrollmentModel.CENTRAL_GATEWAY);
        bind(Set.of(sha256(certificate), sha256(certificate(CONTROLLER))), Set.of());
        assertThat(judge(request, life)).isInstanceOf(Verdict.Accepted.class);
        assertThat(isBarred(request, life)).isFalse();

        bind(Set.of(sha256(certificate(CONTROLLER))), Set.of());
        assertThat(refusals(request, life))
                .containsExactly("authority-certificate|requester certificate: its SHA-256 " + sha256(certificate)
                        + " is none of those that the registration authority \"controller-7\" is bound to; ask with the "
                        + "right certificate, or have a registrar bind it to this one too");
        assertThat(isBarred(request, life)).isTrue();
    }

    @Test
    void anAuthorityIsBoundToItsCa() {
        var request = behind(CONTROLLER).submits();
        var life = allowing(EnrollmentModel.CENTRAL_GATEWAY);
        bind(Set.of(), Set.of(sha256(authority.certificate())));
        assertThat(judge(request, life)).isInstanceOf(Verdict.Accepted.class);
        assertThat(isBarred(request, life)).isFalse();

        bind(Set.of(), Set.of(sha256(installation.issuingCa().certificate())));
        assertThat(refusals(request, life))
                .containsExactly("authority-issuer|requester certificate: was issued by "
                        + Certificates.subject(authority.certificate())
                        + ", which is no CA that the registration authority \"controller-7\" is bound to; ask with the "
                        + "right certificate, or have a registrar bind it to this CA too");
        assertThat(isBarred(request, life)).isTrue();
    }

    @Test
    void aDeviceOfAnotherSiteIsNotItsToEnroll() {
        enter(CONTROLLER, AuthorityKind.LOCAL_CONTROLLER, Set.of("Car park 2"), Set.of("acme"), true);
        var verdict = judge(behind(CONTROLLER).submits(), allowing(EnrollmentModel.CENTRAL_GATEWAY));
        assertThat(sentences(verdict))
                .containsExactly("authority-site|device: EVR-1 is registered at the site \"Car park 3\", which is none "
                        + "of the local controller controller-7; have the device transferred, or the site added to the "
                        + "controller");
        assertThat(told(verdict))
                .containsExactly("authority-device|device: EVR-1 is not registered as one that controller-7 speaks "
                        + "for; have its registration examined");
        assertThat(alarms(verdict))
                .containsExactly("FOREIGN_DEVICE|A request of CN=controller-7 for the device EVR-1 was refused: "
                        + "device: EVR-1 is registered at the site \"Car park 3\", which is none of the local "
                        + "controller controller-7; have the device transferred, or the site added to the "
                        + "controller.");
    }

    @Test
    void aDeviceOfAnotherManufacturerIsNotTheLinesToEnroll() {
        enter(LINE, AuthorityKind.FACTORY_LINE, Set.of("Car park 3"), Set.of("globex"), true);
        var verdict = judge(behind(LINE).submits(), allowing(EnrollmentModel.FACTORY));
        assertThat(sentences(verdict))
                .containsExactly("authority-manufacturer|device: EVR-1 is registered with the manufacturer acme, which "
                        + "is none of the factory line line-1; have the registration examined, or the manufacturer "
                        + "added to the line");
        assertThat(told(verdict)).singleElement().asString().startsWith("authority-device|");
        assertThat(alarms(verdict)).singleElement().asString().startsWith("FOREIGN_DEVICE|");
    }

    /// A registration authority does not learn which devices exist, where they are, or what became of them.
    @Test
    void itHearsTheSameOfEveryDeviceThatIsNotItsOwn() {
        enter(CONTROLLER, AuthorityKind.LOCAL_CONTROLLER, Set.of("Car park 2"), Set.of(), true);
        var elsewhere = allowing(EnrollmentModel.FIELD);
        var suspended = after(elsewhere, order -> new DeviceCommand.Suspend(order, "stolen"));
        var request = behind(CONTROLLER).submitsWithOrganization("Somebody Else");
        for (DeviceLife life : List.of(elsewhere, suspended, new DeviceLife.Unregistered(), ofGlobex("EVR-1"))) {
            assertThat(told(judge(request, life)))
                    .containsExactly("authority-device|device: EVR-1 is not registered as one that controller-7 "
                            + "speaks for; have its registration examined");
        }
        assertThat(rules(request, new DeviceLife.Unregistered())).containsExactly("device-not-registered");
    }

    @Test
    void ofItsOwnDevicesItHearsEverything() {
        enter(CONTROLLER, AuthorityKind.LOCAL_CONTROLLER, Set.of("Car park 3"), Set.of(), true);
        assertThat(answer(
                        behind(CONTROLLER).submitsWithOrganization("Somebody Else"),
                        after(
                                allowing(EnrollmentModel.FACTORY),
                                order -> new DeviceCommand.Suspend(order, "vandalised"))))
                .containsExactly("device-suspended", "enrollment-model", "subject-organization");
    }

    @Test
    void theKindDecidesTheModel() {
        enter(LINE, AuthorityKind.FACTORY_LINE, Set.of(), Set.of("acme"), true);
        assertThat(refusals(behind(LINE).submits(), allowing(EnrollmentModel.CENTRAL_GATEWAY, EnrollmentModel.FIELD)))
                .containsExactly("enrollment-model|enrollment model: EVR-1 may not enroll by the model factory, its "
                        + "registration allows field, central-gateway; enroll it so, or have its registration updated");
        assertThat(refusals(behind(LINE).submits(), allowing()))
                .containsExactly("enrollment-model|enrollment model: EVR-1 may not enroll by the model factory, its "
                        + "registration allows none but renewal; enroll it so, or have its registration updated");
    }

    @Test
    void whoIsNotEnteredIsNoAuthority() {
        var verdict = judge(behind(CONTROLLER).submits(), allowing(EnrollmentModel.CENTRAL_GATEWAY));
        assertThat(sentences(verdict))
                .containsExactly("authority-unknown|requester certificate: is that of the registration authority "
                        + "\"controller-7\", which is not entered here; have a registrar enter it under the CN of its "
                        + "certificate");
        assertThat(told(verdict)).isEqualTo(sentences(verdict));
        assertThat(verdict.route()).isEqualTo(new Route(null, "CN=controller-7", null));
    }

    @Test
    void whoWasTakenOutIsNoAuthority() {
        enter(CONTROLLER, AuthorityKind.LOCAL_CONTROLLER, Set.of("Car park 3"), Set.of(), false);
        var verdict = judge(behind(CONTROLLER).submits(), allowing(EnrollmentModel.FACTORY));
        assertThat(told(verdict))
                .containsExactly("authority-inactive|requester certificate: is that of the registration authority "
                        + "\"controller-7\", which is not active; have a registrar activate it");
        assertThat(((Verdict.Refused) verdict).failures())
                .extracting(failure -> failure.rule())
                .containsExactly("authority-inactive", "enrollment-model");
    }

    @Test
    void anotherCaMakesNoAuthority() {
        enter(CONTROLLER, AuthorityKind.LOCAL_CONTROLLER, Set.of("Car park 3"), Set.of(), true);
        for (var ca : List.of(installation.acme(), installation.stranger())) {
            var certificate = ca.issueRegistrationAuthority(
                    CONTROLLER, Keys.generateP256().getPublic(), Duration.ofDays(30));
            assertThat(refusals(
                            device.presenting(List.of(certificate)).submits(),
                            allowing(EnrollmentModel.CENTRAL_GATEWAY)))
                    .singleElement()
                    .asString()
                    .startsWith("requester-untrusted|requester certificate: ")
                    .endsWith("; ask with the certificate of a registration authority that this installation trusts");
        }
    }

    @Test
    void anExpiredCertificateIsNoAuthoritys() {
        enter(CONTROLLER, AuthorityKind.LOCAL_CONTROLLER, Set.of("Car park 3"), Set.of(), true);
        var request = behind(CONTROLLER).submits();
        installation.clock().advance(Duration.ofDays(31));
        assertThat(refusals(request, allowing(EnrollmentModel.CENTRAL_GATEWAY)))
                .containsExactly(
                        "requester-untrusted|requester certificate: the certificate of CN=controller-7 expired "
                                + "on 2026-12-22; ask with the certificate of a registration authority that this installation "
                                + "trusts");
    }

    @Test
    void anAuthorityRenewsNothing() {
        enter(CONTROLLER, AuthorityKind.LOCAL_CONTROLLER, Set.of("Car park 3"), Set.of(), true);
        assertThat(refusals(
                        behind(CONTROLLER)
                                .asking(EnrollmentOperation.SIMPLE_REENROLL)
                                .submits(),
                        allowing(EnrollmentModel.CENTRAL_GATEWAY)))
                .containsExactly("renewal-by-authority|operation: simplereenroll takes the device's present "
                        + "certificate; a registration authority enrolls devices at simpleenroll");
    }

    /// A CA that we trust for registration authorities can write the name of any device into a certificate.
    @Test
    void anAuthorityOfAnotherCaIsNotTheDeviceThatItIsNamedAfter() {
        enter("EVR-1", AuthorityKind.LOCAL_CONTROLLER, Set.of("Car park 3"), Set.of(), true);
        assertThat(rules(device.renewing(certificate("EVR-1")).submits(), enrolled("EVR-1")))
                .containsExactly("renewal-by-authority", "enrollment-model");
    }

    private SimulatedDevice behind(String name) {
        return device.presenting(List.of(certificate(name)));
    }

    private X509Certificate certificate(String name) {
        return authority.issueRegistrationAuthority(name, Keys.generateP256().getPublic(), Duration.ofDays(30));
    }

    private void enter(String name, AuthorityKind kind, Set<String> sites, Set<String> manufacturers, boolean active) {
        authorities.put(name, new Authority(name, kind, sites, manufacturers, active, AuthorityBinding.NONE));
    }

    private void bind(Set<String> certificates, Set<String> issuers) {
        authorities.put(
                CONTROLLER,
                new Authority(
                        CONTROLLER,
                        AuthorityKind.LOCAL_CONTROLLER,
                        Set.of("Car park 3"),
                        Set.of(),
                        true,
                        new AuthorityBinding(certificates, issuers)));
    }

    private static String sha256(X509Certificate certificate) {
        return Certificates.der(certificate).sha256Hex();
    }
}
