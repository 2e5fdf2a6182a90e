package dev.evenroll.gateway.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.gateway.TestTrust;
import dev.evenroll.pki.authority.CertificateAuthority;
import dev.evenroll.pki.path.TrustAnchors;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who a registration authority is: its CN and the key of its CA.
class RegistrationAuthorityTest {

    private static final Duration YEAR = Duration.ofDays(365);

    private final TestTrust trust = new TestTrust();
    private final RevokedCertificates revoked = new RevokedCertificates();
    private Map<String, List<X509Certificate>> anchors = Map.of("integrator", List.of(trust.integrator.certificate()));

    @BeforeEach
    void theListOfRevokedCertificatesIsComplete() {
        revoked.complete(true);
    }

    @Test
    void itStaysWhoItIsWhenItsCertificateIsRenewed() {
        assertThat(authority(line(trust.integrator))).isEqualTo(authority(line(trust.integrator)));
    }

    @Test
    void itStaysWhoItIsWhenTheCertificateOfItsCaIsRenewedAndTheAnchorRenamed() {
        var before = authority(line(trust.integrator));
        var renewed = CertificateAuthority.selfSigned("Integrator", trust.integrator.keys(), YEAR, TestTrust.CLOCK);
        anchors = Map.of("integrator-2027", List.of(renewed.certificate()));

        assertThat(authority(line(renewed))).isEqualTo(before);
    }

    /// What a station sends with its certificate, and which of the CAs above it is the anchor, does not change it.
    @Test
    void itIsWhoItIsWhicheverWayLeadsToTheAnchor() {
        var lines = trust.integrator.subordinate("Integrator Lines", 0, YEAR);
        var line = lines.chainOf(line(lines).getFirst());
        var byRoot = authority(line);
        anchors = Map.of("lines", List.of(lines.certificate()));

        assertThat(authority(line)).isEqualTo(byRoot);
        assertThat(authority(line.subList(0, 1))).isEqualTo(byRoot);
    }

    @Test
    void itsNamesakeOfAnotherCaIsSomebodyElse() {
        anchors = Map.of(
                "integrator", List.of(trust.integrator.certificate()),
                "stranger", List.of(trust.stranger.certificate()));
        var lines = trust.integrator.subordinate("Integrator Lines", 0, YEAR);

        assertThat(List.of(
                        authority(line(trust.integrator)),
                        authority(line(trust.stranger)),
                        authority(line(trust.issuing)),
                        authority(lines.chainOf(line(lines).getFirst()))))
                .allSatisfy(authority -> assertThat(authority.name()).isEqualTo("line-1"))
                .extracting(RegistrationAuthority::issuerKeySha256)
                .doesNotHaveDuplicates();
    }

    @Test
    void aCaIsTheOnlyOneAsLongAsThereIsOneFileOrOurs() {
        assertThat(authority(line(trust.integrator)).onlyIssuer()).isTrue();
        assertThat(authority(line(trust.issuing)).onlyIssuer()).isFalse();

        anchors = Map.of("integrator", List.of(trust.integrator.certificate(), trust.stranger.certificate()));
        assertThat(authority(line(trust.stranger)).onlyIssuer()).isTrue();

        anchors = Map.of(
                "integrator", List.of(trust.integrator.certificate()),
                "stranger", List.of(trust.stranger.certificate()));
        assertThat(authority(line(trust.integrator)).onlyIssuer()).isFalse();
        assertThat(authority(line(trust.issuing)).onlyIssuer()).isFalse();

        anchors = Map.of();
        assertThat(authority(line(trust.issuing)).onlyIssuer()).isTrue();
    }

    private List<X509Certificate> line(CertificateAuthority by) {
        return trust.registrationAuthority(by, "line-1").chain();
    }

    private RegistrationAuthority authority(List<X509Certificate> chain) {
        var authentication = new Authentication(
                trust.authorities()::anchors,
                trust::manufacturers,
                () -> TrustAnchors.of(anchors),
                revoked,
                TestTrust.CLOCK);
        var result = authentication.authenticate(chain);
        assertThat(result).isInstanceOf(AuthenticationResult.Authenticated.class);
        return ((AuthenticationResult.Authenticated) result)
                .requester()
                .registrationAuthority()
                .orElseThrow();
    }
}
