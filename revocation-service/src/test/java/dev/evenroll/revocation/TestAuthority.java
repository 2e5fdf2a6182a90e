package dev.evenroll.revocation;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.authority.CertificateAuthority;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.crl.CrlAssembly;
import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.pki.issuance.CertificateAssembly;
import dev.evenroll.pki.issuance.CertificatePreparation;
import dev.evenroll.pki.issuance.IssuingCertificate;
import dev.evenroll.pki.issuance.SerialNumber;
import dev.evenroll.pki.issuance.WrongSignatureException;
import dev.evenroll.pki.profile.Profile;
import dev.evenroll.pki.profile.Subject;
import dev.evenroll.revocation.life.IssuedCertificate;
import java.net.URI;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;

/// A CA whose key is at hand: issues certificates of devices, and signs the lists that are prepared for it.
public final class TestAuthority {

    public static final String CRL_URL = "http://crl.test/crl/shard-0.crl";

    private static final KeyPair DEVICE_KEY = Keys.generateP256();

    private final CertificateAuthority authority;
    private final InstantSource clock;

    public TestAuthority(InstantSource clock) {
        this.authority = CertificateAuthority.selfSigned("Test root", Duration.ofDays(3650), clock)
                .subordinate("Test issuing CA", 0, Duration.ofDays(1825));
        this.clock = clock;
    }

    public IssuingCertificate issuer() {
        return authority.issuingCertificate();
    }

    public IssuedCertificate issue(String deviceId) {
        try {
            var prepared = CertificatePreparation.prepare(
                    issuer(),
                    Profile.chargingStation(URI.create(CRL_URL)),
                    Subject.of(deviceId, "Stadtwerke"),
                    Der.of(DEVICE_KEY.getPublic().getEncoded()),
                    SerialNumber.random(new SecureRandom()),
                    clock.instant());
            var certificate = CertificateAssembly.assemble(
                    prepared.tbsCertificate(), issuer().scheme(), authority.sign(prepared.tbsCertificate()), issuer());
            return new IssuedCertificate(
                    new CertificateId(issuer().keyId(), prepared.serialNumber().hex()),
                    deviceId,
                    "e".repeat(64),
                    prepared.notBefore(),
                    prepared.notAfter(),
                    certificate);
        } catch (WrongSignatureException e) {
            throw new IllegalStateException(e);
        }
    }

    public Der signCrl(Der tbsCertList) {
        try {
            return CrlAssembly.assemble(tbsCertList, issuer().scheme(), authority.sign(tbsCertList), issuer());
        } catch (WrongSignatureException e) {
            throw new IllegalStateException(e);
        }
    }
}
