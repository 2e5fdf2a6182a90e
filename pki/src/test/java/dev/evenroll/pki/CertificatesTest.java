package dev.evenroll.pki;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.fixture.Fixture;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CertificatesTest {
    private static final PublicKey KEY = Fixture.DEVICE_KEYS.getPublic();

    @Test
    void aRegistrationAuthorityIsOneByItsPurpose() {
        var authority = Fixture.CA.issueRegistrationAuthority("site-7", KEY, Duration.ofDays(1));

        assertThat(Certificates.isRegistrationAuthority(authority)).isTrue();
        assertThat(Certificates.subject(authority)).isEqualTo("CN=site-7");
        assertThat(List.of(
                        Fixture.CA.issueClient("site-7", KEY),
                        Fixture.CA.issueIdevid("Maker", "SN-1", KEY),
                        Fixture.CA.issuePeer("a", List.of("a"), List.of(), KEY, Duration.ofDays(1)),
                        Fixture.CA.certificate()))
                .noneMatch(Certificates::isRegistrationAuthority);
    }

    @Test
    void theFingerprintIsThatOfTheDer() {
        var certificate = Fixture.CA.certificate();

        assertThat(Certificates.sha256(certificate))
                .matches("[0-9a-f]{64}")
                .isEqualTo(Certificates.der(certificate).sha256Hex());
    }
}
