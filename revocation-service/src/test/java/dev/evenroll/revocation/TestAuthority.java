package dev.evenroll.revocation;

import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.authority.CertificateAuthority;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.crl.CrlAssembly;
import dev.evenroll.pki.crl.CrlHead;
import dev.evenroll.pki.crl.CrlKind;
import dev.evenroll.pki.crl.CrlPreparation;
import dev.evenroll.pki.crl.RevokedEntry;
import dev.evenroll.pki.crl.ShardAddresses;
import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.pki.issuance.CertificateAssembly;
import dev.evenroll.pki.issuance.CertificatePreparation;
import dev.evenroll.pki.issuance.IssuingCertificate;
import dev.evenroll.pki.issuance.PreparedCertificate;
import dev.evenroll.pki.issuance.SerialNumber;
import dev.evenroll.pki.issuance.WrongSignatureException;
import dev.evenroll.pki.profile.Profile;
import dev.evenroll.pki.profile.ProfileConfig;
import dev.evenroll.pki.profile.Subject;
import dev.evenroll.pki.request.CertificationRequest;
import dev.evenroll.revocation.life.IssuedCertificate;
import dev.evenroll.revocation.ocsp.Responders;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// A CA whose key is at hand: issues certificates of devices, and signs the lists that are prepared for it.
public final class TestAuthority {

    private static final String CRL_URL = "http://crl.test/crl/{issuer}-{shard}.crl";

    private static final Profile RESPONDERS = Profile.validate(new ProfileConfig(
            "ocsp-responder",
            false,
            new ProfileConfig.Subject("serialNumber", "none", List.of()),
            List.of("secp256r1"),
            List.of("digitalSignature"),
            List.of("ocspSigning"),
            new ProfileConfig.Life("P7D", "PT5M", "PT0S"),
            new ProfileConfig.Addresses(null, 1, null, null),
            ProfileConfig.Policies.NONE,
            List.of(),
            ProfileConfig.Renewal.USUAL,
            true));

    private static final KeyPair DEVICE_KEY = Keys.generateP256();

    private final CertificateAuthority authority;
    private final InstantSource clock;
    private final Profile profile;

    /// With one revocation list.
    public TestAuthority(InstantSource clock) {
        this(clock, 1);
    }

    public TestAuthority(InstantSource clock, int shards) {
        this.profile = Profile.validate(new ProfileConfig(
                "charging-station",
                false,
                new ProfileConfig.Subject("serialNumber", "owner", List.of()),
                List.of("secp256r1"),
                List.of("digitalSignature"),
                List.of(),
                new ProfileConfig.Life("P365D", "PT5M", "PT0S"),
                new ProfileConfig.Addresses(CRL_URL, shards, null, null),
                ProfileConfig.Policies.NONE,
                List.of(),
                ProfileConfig.Renewal.USUAL,
                false));
        this.authority = CertificateAuthority.selfSigned("Test root", Duration.ofDays(3650), clock)
                .subordinate("Test issuing CA", 0, Duration.ofDays(1825));
        this.clock = clock;
    }

    public IssuingCertificate issuer() {
        return authority.issuingCertificate();
    }

    public IssuedCertificate issue(String deviceId) {
        var key = Der.of(DEVICE_KEY.getPublic().getEncoded());
        var prepared = prepare(profile, Subject.of(deviceId, "Stadtwerke"), key);
        return new IssuedCertificate(
                new CertificateId(issuer().keyId(), prepared.serialNumber().hex()),
                deviceId,
                "e".repeat(64),
                profile.name(),
                prepared.notBefore(),
                prepared.notAfter(),
                sign(prepared));
    }

    /// Certifies an OCSP responder for a week.
    public X509Certificate certify(Responders.Wanted wanted) {
        try {
            var request = CertificationRequest.decode(wanted.certificationRequest());
            return Certificates.decode(
                    sign(prepare(RESPONDERS, Subject.of(wanted.responder()), request.subjectPublicKeyInfo())));
        } catch (MalformedException e) {
            throw new IllegalStateException(e);
        }
    }

    private PreparedCertificate prepare(Profile one, Subject subject, Der key) {
        return CertificatePreparation.prepare(
                issuer(), one, subject, key, SerialNumber.random(new SecureRandom()), clock.instant());
    }

    private Der sign(PreparedCertificate prepared) {
        try {
            return CertificateAssembly.assemble(
                    prepared.tbsCertificate(), issuer().scheme(), authority.sign(prepared.tbsCertificate()), issuer());
        } catch (WrongSignatureException e) {
            throw new IllegalStateException(e);
        }
    }

    /// How its certificates name the revocation lists.
    public ShardAddresses addresses() {
        return ShardAddresses.of(List.of(profile));
    }

    /// Where certificates of its first shard say that their list is.
    public String crlUrl() {
        return addresses().of(issuer().keyId(), 0).getFirst();
    }

    /// The complete list of its first shard, good for a day.
    public Der list(long number, Instant thisUpdate, RevokedEntry... entries) {
        return list(new CrlKind.Complete(null), number, thisUpdate, entries);
    }

    /// A list of its first shard, good for a day.
    public Der list(CrlKind kind, long number, Instant thisUpdate, RevokedEntry... entries) {
        var end = thisUpdate.plus(Duration.ofDays(1));
        var head = new CrlHead(number, thisUpdate, end, List.of(crlUrl()), kind);
        return CrlPreparation.prepare(issuer(), head, List.of(entries).iterator());
    }

    public Der signCrl(Der tbsCertList) {
        try {
            return CrlAssembly.assemble(tbsCertList, issuer().scheme(), authority.sign(tbsCertList), issuer());
        } catch (WrongSignatureException e) {
            throw new IllegalStateException(e);
        }
    }
}
