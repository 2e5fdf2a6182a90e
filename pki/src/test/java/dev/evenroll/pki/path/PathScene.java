package dev.evenroll.pki.path;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.authority.CertificateAuthority;
import dev.evenroll.pki.fixture.Fixture;
import dev.evenroll.pki.path.PathResult.Untrusted;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// A root, its issuing CA and a device's certificate, at the time of the fixture.
abstract class PathScene {
    static final Instant NOW = Fixture.NOW;
    static final PublicKey KEY = Fixture.DEVICE_KEYS.getPublic();
    static final CertificateAuthority ROOT = Fixture.ROOT;
    static final CertificateAuthority CA = Fixture.CA;
    static final X509Certificate LEAF = CA.issueClient("CP-0001", KEY, Duration.ofDays(10));
    static final TrustAnchors ANCHORS = TrustAnchors.of(Map.of("root", List.of(ROOT.certificate())));

    static void assertUntrusted(List<X509Certificate> chain, Instant at, String reason) {
        assertThat(ANCHORS.verify(chain, at)).isEqualTo(new Untrusted(reason));
    }
}
