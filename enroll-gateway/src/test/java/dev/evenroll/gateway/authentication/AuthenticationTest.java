package dev.evenroll.gateway.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.gateway.TestTrust;
import dev.evenroll.pki.authority.CertificateAuthority;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.pki.path.TrustAnchors;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuthenticationTest {

    private static final InstantSource LATER = InstantSource.fixed(TestTrust.NOW.plus(Duration.ofDays(31)));

    private final TestTrust trust = new TestTrust();
    private final RevokedCertificates revoked = new RevokedCertificates();
    private TrustAnchors manufacturers = trust.manufacturers();

    @BeforeEach
    void theListOfRevokedCertificatesIsComplete() {
        revoked.complete(true);
    }

    @Test
    void aDeviceWithItsManufacturersCertificateIsAuthenticated() {
        var device = trust.idevid("SN-1");

        var result = authenticate(device.chain());

        assertThat(result).isInstanceOfSatisfying(AuthenticationResult.Authenticated.class, authenticated -> {
            var requester = authenticated.requester();
            assertThat(requester.credential()).isEqualTo(CertificateHolder.Credential.MANUFACTURER_CERTIFICATE);
            assertThat(requester).asString().endsWith("MANUFACTURER_CERTIFICATE of voltmaker]");
            assertThat(requester.registrationAuthority()).isEmpty();
            assertThat(requester.chain()).hasSize(1).first().isEqualTo(requester.certificate());
        });
    }

    @Test
    void aDeviceWithItsOwnCertificateIsAuthenticated() {
        var result = authenticate(trust.own("SN-1", Duration.ofDays(30)).chain());

        assertThat(result).isInstanceOfSatisfying(AuthenticationResult.Authenticated.class, authenticated -> {
            assertThat(authenticated.requester().credential()).isEqualTo(CertificateHolder.Credential.OWN_CERTIFICATE);
            assertThat(authenticated.requester().subject()).isEqualTo("CN=SN-1");
        });
    }

    @Test
    void withoutCertificateNobodyIsAuthenticated() {
        assertThat(authenticate(List.of())).isEqualTo(new AuthenticationResult.Anonymous());
    }

    @Test
    void aCertificateOfAnUnknownManufacturerIsUntrusted() {
        assertThat(authenticate(trust.idevid(trust.stranger, "SN-1").chain()))
                .isInstanceOfSatisfying(
                        AuthenticationResult.Untrusted.class,
                        untrusted -> assertThat(untrusted.reason()).contains("Stranger Root"));
    }

    @Test
    void aCaOfOurNameIsNotOurCa() {
        var impostor = CertificateAuthority.selfSigned("Test Issuing CA", Duration.ofDays(9), TestTrust.CLOCK);

        assertThat(authenticate(trust.idevid(impostor, "SN-1").chain()))
                .isInstanceOf(AuthenticationResult.Untrusted.class);
    }

    @Test
    void aServerBelowOurRootIsNoDevice() {
        assertThat(authenticate(trust.server().chain())).isInstanceOf(AuthenticationResult.Untrusted.class);
    }

    @Test
    void anExpiredCertificateOfOursIsToldApart() {
        var device = trust.own("SN-1", Duration.ofDays(30));

        assertThat(authentication(LATER).authenticate(device.chain()))
                .isInstanceOfSatisfying(AuthenticationResult.Expired.class, expired -> {
                    assertThat(expired.since()).isEqualTo(TestTrust.NOW.plus(Duration.ofDays(30)));
                    assertThat(expired.requester().credential())
                            .isEqualTo(CertificateHolder.Credential.OWN_CERTIFICATE);
                });
    }

    @Test
    void anExpiredCertificateThatWasRevokedIsRevoked() {
        var device = trust.own("SN-1", Duration.ofDays(30));
        revoked.add(CertificateId.of(device.certificate()));

        assertThat(authentication(LATER).authenticate(device.chain())).isInstanceOf(AuthenticationResult.Revoked.class);
    }

    @Test
    void anExpiredCertificateOfAnImpostorIsUntrusted() {
        var impostor = CertificateAuthority.selfSigned("Test Issuing CA", Duration.ofDays(99), TestTrust.CLOCK);
        var certificate = impostor.issueClient("SN-1", Keys.generateP256().getPublic(), Duration.ofDays(30));

        assertThat(authentication(LATER).authenticate(List.of(certificate)))
                .isInstanceOf(AuthenticationResult.Untrusted.class);
    }

    @Test
    void aRegistrationAuthorityIsKnownByItsPurposeAndItsAnchor() {
        for (var by : List.of(trust.integrator, trust.issuing)) {
            assertThat(authenticate(trust.registrationAuthority(by, "line-1").chain()))
                    .isInstanceOfSatisfying(AuthenticationResult.Authenticated.class, authenticated -> {
                        assertThat(authenticated.requester().credential())
                                .isEqualTo(CertificateHolder.Credential.REGISTRATION_AUTHORITY);
                        assertThat(authenticated.requester().registrationAuthority())
                                .map(RegistrationAuthority::name)
                                .hasValue("line-1");
                    });
        }
    }

    @Test
    void aManufacturerMakesNoRegistrationAuthority() {
        assertThat(authenticate(trust.registrationAuthority(trust.manufacturer, "line-1")
                        .chain()))
                .isInstanceOfSatisfying(
                        AuthenticationResult.Untrusted.class,
                        untrusted -> assertThat(untrusted.reason()).contains("none of the trust anchors [integrator]"));
    }

    @Test
    void anAnchorOfRegistrationAuthoritiesMakesNoDevice() {
        assertThat(authenticate(trust.idevid(trust.integrator, "SN-1").chain()))
                .isInstanceOf(AuthenticationResult.Untrusted.class);
    }

    @Test
    void anExpiredRegistrationAuthorityOfAnotherCaIsUntrusted() {
        assertThat(authentication(LATER)
                        .authenticate(trust.registrationAuthority(trust.integrator, "line-1")
                                .chain()))
                .isInstanceOfSatisfying(
                        AuthenticationResult.Untrusted.class,
                        untrusted -> assertThat(untrusted.reason()).contains("expired on 2026-12-02"));
    }

    /// It speaks for nobody any more, but for itself.
    @Test
    void anExpiredRegistrationAuthorityOfOursHoldsItsOwnCertificateOnly() {
        assertThat(authentication(LATER)
                        .authenticate(trust.registrationAuthority(trust.issuing, "line-1")
                                .chain()))
                .isInstanceOfSatisfying(AuthenticationResult.Expired.class, expired -> {
                    assertThat(expired.requester().credential())
                            .isEqualTo(CertificateHolder.Credential.OWN_CERTIFICATE);
                    assertThat(expired.requester().registrationAuthority()).isEmpty();
                });
    }

    @Test
    void anchorsThatChangeCountAtOnce() {
        var authentication = authentication(TestTrust.CLOCK);
        var device = trust.idevid(trust.stranger, "SN-1");
        assertThat(authentication.authenticate(device.chain())).isInstanceOf(AuthenticationResult.Untrusted.class);

        manufacturers = TrustAnchors.of(Map.of("stranger", List.of(trust.stranger.certificate())));

        assertThat(authentication.authenticate(device.chain())).isInstanceOf(AuthenticationResult.Authenticated.class);
    }

    @Test
    void aRevokedCertificateIsRefusedByName() {
        var device = trust.own("SN-1", Duration.ofDays(30));
        var id = CertificateId.of(device.certificate());
        revoked.add(id);

        assertThat(authenticate(device.chain())).isEqualTo(new AuthenticationResult.Revoked("CN=SN-1", id.value()));
    }

    @Test
    void beforeTheListOfRevokedCertificatesIsCompleteNobodyIsAuthenticated() {
        revoked.complete(false);

        assertThat(authenticate(trust.idevid("SN-1").chain())).isInstanceOf(AuthenticationResult.Undecided.class);
    }

    private AuthenticationResult authenticate(List<X509Certificate> chain) {
        return authentication(TestTrust.CLOCK).authenticate(chain);
    }

    private Authentication authentication(InstantSource clock) {
        return new Authentication(
                trust.authorities()::anchors, () -> manufacturers, trust::registrationAuthorities, revoked, clock);
    }
}
