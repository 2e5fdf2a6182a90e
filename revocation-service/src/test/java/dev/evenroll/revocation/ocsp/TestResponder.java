package dev.evenroll.revocation.ocsp;

import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.ocsp.HashAlgorithm;
import dev.evenroll.pki.ocsp.OcspCertId;
import dev.evenroll.pki.ocsp.OcspRequest;
import dev.evenroll.revocation.MovableClock;
import dev.evenroll.revocation.TestAuthority;
import dev.evenroll.revocation.crl.Issuers;
import dev.evenroll.revocation.inventory.MemoryInventory;
import dev.evenroll.revocation.life.CertificateLife;
import dev.evenroll.revocation.life.IssuedCertificate;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A responder over an inventory in memory, in tests.
public final class TestResponder {

    public static final Duration LIFETIME = Duration.ofMinutes(10);

    public final MemoryInventory inventory = new MemoryInventory();
    /// Replicas by certificate id.
    public final Map<String, URI> owners = new HashMap<>();

    private final MovableClock clock;
    private final TestAuthority authority;
    private final Responders responders;
    private final OcspResponder responder;

    /// @param peers of the replica
    public TestResponder(String name, TestAuthority authority, Peers peers, MovableClock clock) {
        this.clock = clock;
        this.authority = authority;
        var issuers = Issuers.of(authority.issuer());
        this.responders = new Responders(name, issuers);
        this.responder = new OcspResponder(
                issuers,
                responders,
                inventory::find,
                id -> Optional.ofNullable(owners.get(id.value())),
                peers,
                LIFETIME,
                clock);
    }

    /// Has it certified.
    public TestResponder certified() throws MalformedException {
        for (var wanted : responders.wanted(clock.instant())) {
            var offer = responders.offer(wanted.issuerKeyId(), authority.certify(wanted), clock.instant());
            if (offer != Responders.Offer.TAKEN) {
                throw new IllegalStateException("It does not want what it wanted: " + offer);
            }
        }
        return this;
    }

    public OcspResponder responder() {
        return responder;
    }

    /// Issues a certificate, which is in the inventory.
    public IssuedCertificate issue(String deviceId) {
        var certificate = authority.issue(deviceId);
        inventory.put(new CertificateLife.Issued(certificate, clock.instant()));
        return certificate;
    }

    public OcspCertId named(IssuedCertificate certificate) {
        return named(HashAlgorithm.SHA256, new BigInteger(certificate.id().serialNumber(), 16));
    }

    public OcspCertId named(HashAlgorithm hash, BigInteger serialNumber) {
        return OcspCertId.of(hash, authority.issuer(), serialNumber);
    }

    public OcspRequest request(IssuedCertificate certificate) {
        return new OcspRequest(List.of(named(certificate)), Optional.empty());
    }
}
