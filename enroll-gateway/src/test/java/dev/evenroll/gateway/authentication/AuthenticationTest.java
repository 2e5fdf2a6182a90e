package dev.evenroll.gateway.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.gateway.TestTrust;
import dev.evenroll.pki.authority.CertificateAuthority;
import dev.evenroll.pki.identity.CertificateId;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuthenticationTest {

    private final TestTrust trust = new TestTrust();
    private final RevokedCertificates revoked = new RevokedCertificates();

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
            assertThat(requester.credential()).isEqualTo(Requester.Credential.MANUFACTURER_CERTIFICATE);
            assertThat(requester.authority()).isEqualTo("voltmaker");
            assertThat(requester.chain()).hasSize(1).first().isEqualTo(requester.certificate());
        });
    }

    @Test
    void aDeviceWithItsOwnCertificateIsAuthenticated() {
        var result = authenticate(trust.own("SN-1", Duration.ofDays(30)).chain());

        assertThat(result).isInstanceOfSatisfying(AuthenticationResult.Authenticated.class, authenticated -> {
            assertThat(authenticated.requester().credential()).isEqualTo(Requester.Credential.OWN_CERTIFICATE);
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
    void anExpiredCertificateIsUntrustedAndTheReasonTellsTheDay() {
        var device = trust.own("SN-1", Duration.ofDays(30));
        var later = InstantSource.fixed(TestTrust.NOW.plus(Duration.ofDays(31)));

        assertThat(authentication(later).authenticate(device.chain()))
                .isInstanceOfSatisfying(
                        AuthenticationResult.Untrusted.class,
                        untrusted -> assertThat(untrusted.reason()).contains("2026-12-02"));
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
        return new Authentication(trust.issuing.certificate(), trust.manufacturers(), revoked, clock);
    }
}
