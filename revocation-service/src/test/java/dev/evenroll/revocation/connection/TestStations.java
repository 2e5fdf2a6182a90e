package dev.evenroll.revocation.connection;

import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.authority.CertificateAuthority;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.identity.AuthorityName;
import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.pki.identity.Environment;
import dev.evenroll.pki.issuance.CertificateAssembly;
import dev.evenroll.pki.issuance.CertificatePreparation;
import dev.evenroll.pki.issuance.SerialNumber;
import dev.evenroll.pki.issuance.WrongSignatureException;
import dev.evenroll.pki.path.IssuingAuthorities;
import dev.evenroll.pki.profile.Profile;
import dev.evenroll.pki.profile.Subject;
import dev.evenroll.revocation.MovableClock;
import dev.evenroll.revocation.connection.KnownDevice.Standing;
import java.net.URI;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/// A test environment with its CA, a registry that has station SN-1 of Stadtwerke as CP-1, and the authorization.
public final class TestStations {

    public static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    public static final String OWNER = "Stadtwerke";
    public static final String PROFILE = "charging-station";
    static final KeyPair KEYS = Keys.generateP256();

    public final MovableClock clock = new MovableClock(NOW);
    public final KnownDevices devices = new KnownDevices();
    public final WithdrawnCertificates withdrawn = new WithdrawnCertificates();
    public final Freshness freshness = new Freshness("the registry", Duration.ofSeconds(15));
    final CertificateAuthority issuing = authority("Evenroll Issuing CA 1 (test)");
    public final AtomicReference<IssuingAuthorities> authorities = new AtomicReference<>(
            IssuingAuthorities.of(Map.of(new AuthorityName("issuing-1"), issuing.issuingCertificate()), List.of()));

    public TestStations() {
        registered("SN-1", "CP-1", Standing.IN_SERVICE);
        freshness.knownAsOf(NOW);
    }

    CertificateAuthority authority(String name) {
        return CertificateAuthority.selfSigned("Some root", Duration.ofDays(3650), clock)
                .subordinate(name, 0, Duration.ofDays(1825));
    }

    /// Another CA comes beside the present one.
    public void rollOver() {
        var next = authority("Evenroll Issuing CA 2 (test)");
        authorities.set(IssuingAuthorities.of(
                Map.of(
                        new AuthorityName("issuing-1"),
                        issuing.issuingCertificate(),
                        new AuthorityName("issuing-2"),
                        next.issuingCertificate()),
                List.of()));
    }

    void registered(String deviceId, String identity, Standing standing) {
        devices.put(deviceId, new KnownDevice(identity, OWNER, PROFILE, standing));
    }

    public ConnectionAuthorization authorization() {
        return new ConnectionAuthorization(
                new Environment("test"),
                authorities::get,
                devices,
                withdrawn,
                Set.of(PROFILE),
                new LocalKnowledge(List.of(freshness)),
                clock);
    }

    public X509Certificate station(String deviceId) {
        return station(deviceId, OWNER, issuing);
    }

    static X509Certificate station(String deviceId, String owner, CertificateAuthority issuing) {
        try {
            var issuer = issuing.issuingCertificate();
            var prepared = CertificatePreparation.prepare(
                    issuer,
                    Profile.chargingStation(URI.create("http://crl.test/crl/shard-0.crl")),
                    Subject.of(deviceId, owner),
                    Der.of(KEYS.getPublic().getEncoded()),
                    SerialNumber.random(new SecureRandom()),
                    NOW);
            return Certificates.decode(CertificateAssembly.assemble(
                    prepared.tbsCertificate(), issuer.scheme(), issuing.sign(prepared.tbsCertificate()), issuer));
        } catch (WrongSignatureException | MalformedException e) {
            throw new IllegalStateException(e);
        }
    }

    public static CertificateId id(X509Certificate certificate) {
        return CertificateId.of(certificate);
    }

    /// How the connection of a certificate under an identity ends.
    ConnectionOutcome connects(X509Certificate certificate, String identity) {
        return authorization().authorize(Optional.of(certificate), Optional.of(identity));
    }
}
