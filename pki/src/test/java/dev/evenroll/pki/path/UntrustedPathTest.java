package dev.evenroll.pki.path;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.authority.CertificateAuthority;
import dev.evenroll.pki.fixture.Fixture;
import dev.evenroll.pki.path.PathResult.Untrusted;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Why a path is not trusted, in words.
class UntrustedPathTest extends PathScene {

    @Test
    void saysWhyNot() {
        var stranger = CertificateAuthority.selfSigned("Stranger", Duration.ofDays(10), Fixture.CLOCK);
        var impostor = CertificateAuthority.selfSigned("Test Root", Duration.ofDays(10), Fixture.CLOCK);
        var client = CA.issueClient("CP-0003", KEY);

        assertUntrusted(List.of(), NOW, "no certificate was presented");
        assertUntrusted(Collections.nCopies(11, LEAF), NOW, "11 certificates were presented; at most 10 are looked at");
        assertUntrusted(
                List.of(LEAF),
                NOW,
                "the certificate of CN=CP-0001 was issued by CN=Test Issuing CA, which is none of the trust anchors [root]");
        assertUntrusted(
                List.of(stranger.issueClient("CP-0001", KEY), stranger.certificate()),
                NOW,
                "the certificate of CN=Stranger was issued by CN=Stranger, which is none of the trust anchors [root]");
        assertUntrusted(
                List.of(LEAF, CA.certificate()),
                NOW.plus(Duration.ofDays(11)),
                "the certificate of CN=CP-0001 expired on 2026-12-02");
        assertUntrusted(
                List.of(client, CA.certificate()),
                NOW.minus(Duration.ofDays(1)),
                "the certificate of CN=CP-0003 is not valid before 2026-11-22");
        assertUntrusted(
                List.of(impostor.issueClient("CP-0001", KEY)),
                NOW,
                "the certificate of CN=CP-0001 was not signed with the key of its trust anchor");
        assertUntrusted(
                List.of(ROOT.certificate()),
                NOW,
                "the certificate of CN=Test Root is itself a trust anchor; present a certificate that it issued");
    }

    @Test
    void namesAManufacturersCertificateReadably() {
        assertUntrusted(
                List.of(CA.issueIdevid("Maker", "SN-1", KEY)),
                NOW,
                "the certificate of serialNumber=SN-1,O=Maker was issued by CN=Test Issuing CA, "
                        + "which is none of the trust anchors [root]");
    }

    @Test
    void aDeviceCanNotIssue() {
        // CP-0001 acts as a CA with its own key.
        var pretender =
                CertificateAuthority.selfSigned("CP-0001", Fixture.DEVICE_KEYS, Duration.ofDays(10), Fixture.CLOCK);

        assertUntrusted(
                List.of(pretender.issueClient("CP-0009", KEY), LEAF, CA.certificate()),
                NOW,
                "the certificate of CN=CP-0001 may not sign certificates (keyUsage)");
    }

    @Test
    void aCaMayNotStandBelowWhereItsPathEnds() {
        var below = CertificateAuthority.selfSigned("Below", Duration.ofDays(10), Fixture.CLOCK);
        X509Certificate certified = CA.certifySubordinate(
                        "Below", 0, below.keys().getPublic(), Duration.ofDays(10))
                .getFirst();

        assertUntrusted(
                List.of(below.issueClient("CP-0009", KEY), certified, CA.certificate()),
                NOW,
                "the certificate of CN=Below can not be trusted: a CA above it allows no more CAs (pathLenConstraint)");
    }

    @Test
    void anExpiredAnchorIsNone() {
        var shortLived = CertificateAuthority.selfSigned("Short", Duration.ofDays(1), Fixture.CLOCK);
        var anchors = TrustAnchors.of(Map.of("short", List.of(shortLived.certificate())));
        X509Certificate idevid = shortLived.issueIdevid("Maker", "SN-1", KEY);

        assertThat(anchors.verify(List.of(idevid), NOW.plus(Duration.ofDays(2))))
                .isEqualTo(new Untrusted("trust anchor short: the certificate of CN=Short expired on 2026-11-23"));
    }

    @Test
    void noAnchorsTrustNobody(@TempDir Path directory) throws Exception {
        assertThat(TrustAnchors.load(directory).isEmpty()).isTrue();
        assertThat(TrustAnchors.load(directory).verify(List.of(LEAF, CA.certificate(), ROOT.certificate()), NOW))
                .isEqualTo(
                        new Untrusted(
                                "the certificate of CN=Test Root was issued by CN=Test Root, which is none of the trust anchors []"));
    }
}
