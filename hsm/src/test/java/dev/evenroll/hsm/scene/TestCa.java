package dev.evenroll.hsm.scene;

import dev.evenroll.pki.authority.CertificateAuthority;
import dev.evenroll.pki.issuance.IssuingCertificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// An issuing CA below a root, P-256, at a moment that stands still.
public record TestCa(CertificateAuthority authority) {

    public static final String ENVIRONMENT = "test";
    public static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    public static final InstantSource CLOCK = InstantSource.fixed(NOW);

    public static TestCa create() {
        var root = CertificateAuthority.selfSigned("Test Root", Duration.ofDays(7300), CLOCK);
        return new TestCa(root.subordinate("Test Issuing CA", 0, Duration.ofDays(3650)));
    }

    public IssuingCertificate certificate() {
        return authority.issuingCertificate();
    }

    public FakeIssuingKey key() {
        return new FakeIssuingKey(authority);
    }
}
