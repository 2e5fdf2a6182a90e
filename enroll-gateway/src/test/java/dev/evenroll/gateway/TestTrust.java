package dev.evenroll.gateway;

import dev.evenroll.pki.authority.CertificateAuthority;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.identity.AuthorityName;
import dev.evenroll.pki.path.IssuingAuthorities;
import dev.evenroll.pki.path.TrustAnchors;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// A CA with a server below its root, two manufacturers of which one is trusted, and devices.
public final class TestTrust {

    public static final Instant NOW = Instant.parse("2026-11-02T10:00:00Z");
    public static final InstantSource CLOCK = InstantSource.fixed(NOW);
    private static final Duration TEN_YEARS = Duration.ofDays(3650);

    public final CertificateAuthority root;
    public final CertificateAuthority issuing;
    public final CertificateAuthority serverAuthority;
    public final CertificateAuthority manufacturer;
    public final CertificateAuthority stranger;
    /// Makes certificates of registration authorities.
    public final CertificateAuthority integrator;

    /// At the time of [#NOW].
    public TestTrust() {
        this(CLOCK);
    }

    /// At the time of a clock.
    public TestTrust(InstantSource clock) {
        root = CertificateAuthority.selfSigned("Test Root", TEN_YEARS, clock);
        issuing = root.subordinate("Test Issuing CA", 0, TEN_YEARS);
        serverAuthority = root.subordinate("Test Server CA", 0, TEN_YEARS);
        manufacturer = CertificateAuthority.selfSigned("Voltmaker Root", TEN_YEARS, clock);
        stranger = CertificateAuthority.selfSigned("Stranger Root", TEN_YEARS, clock);
        integrator = CertificateAuthority.selfSigned("Integrator Root", TEN_YEARS, clock);
    }

    /// A key pair with the certificates that speak for it, leaf first.
    public record Identity(KeyPair keys, List<X509Certificate> chain) {
        public X509Certificate certificate() {
            return chain.getFirst();
        }
    }

    /// The CAs that issue to devices.
    public IssuingAuthorities authorities() {
        return IssuingAuthorities.of(Map.of(new AuthorityName("issuing-1"), issuing.issuingCertificate()), List.of());
    }

    public TrustAnchors manufacturers() {
        return TrustAnchors.of(Map.of("voltmaker", List.of(manufacturer.certificate())));
    }

    public TrustAnchors registrationAuthorities() {
        return TrustAnchors.of(Map.of("integrator", List.of(integrator.certificate())));
    }

    /// A local controller or a factory line.
    public Identity registrationAuthority(CertificateAuthority by, String name) {
        var keys = Keys.generateP256();
        return new Identity(keys, List.of(by.issueRegistrationAuthority(name, keys.getPublic(), Duration.ofDays(30))));
    }

    public Identity server() {
        var keys = Keys.generateP256();
        var certificate = serverAuthority.issueServer(
                "localhost", List.of("localhost"), List.of("127.0.0.1"), keys.getPublic(), Duration.ofDays(30));
        return new Identity(keys, serverAuthority.chainOf(certificate));
    }

    public Identity idevid(String serialNumber) {
        return idevid(manufacturer, serialNumber);
    }

    public Identity idevid(CertificateAuthority by, String serialNumber) {
        var keys = Keys.generateP256();
        return new Identity(keys, List.of(by.issueIdevid("Voltmaker", serialNumber, keys.getPublic())));
    }

    /// A certificate that our own CA issued.
    public Identity own(String deviceId, Duration validity) {
        var keys = Keys.generateP256();
        var certificate = issuing.issueClient(deviceId, keys.getPublic(), validity);
        return new Identity(keys, List.of(certificate, issuing.certificate()));
    }
}
