package dev.evenroll.pki.ocsp;

import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.authority.CertificateAuthority;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.crl.CrlReason;
import dev.evenroll.pki.fixture.Fixture;
import dev.evenroll.pki.fixture.ProfileDraft;
import dev.evenroll.pki.issuance.CertificateAssembly;
import dev.evenroll.pki.issuance.CertificatePreparation;
import dev.evenroll.pki.issuance.IssuingCertificate;
import dev.evenroll.pki.issuance.SerialNumber;
import dev.evenroll.pki.issuance.WrongSignatureException;
import dev.evenroll.pki.profile.Profile;
import dev.evenroll.pki.profile.Subject;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/// A CA, its responder, and what they say.
final class OcspScene {
    static final Instant NOW = Fixture.NOW;
    static final IssuingCertificate ISSUER = Fixture.CA.issuingCertificate();
    static final BigInteger SERIAL_NUMBER = new BigInteger("7f0102030405060708090a0b0c0d0e0f", 16);
    static final OcspCertId SHA1 = OcspCertId.of(HashAlgorithm.SHA1, ISSUER, SERIAL_NUMBER);
    static final OcspCertId SHA256 = OcspCertId.of(HashAlgorithm.SHA256, ISSUER, BigInteger.TWO);
    static final OcspNonce NONCE = nonce(32);

    private static final Profile PROFILE = Profile.validate(new ProfileDraft()
            .named("responder")
            .purposes("ocspSigning")
            .keys("secp256r1", "secp384r1", "secp521r1", "ed25519", "rsa")
            .life("P7D", "PT5M", "PT0S")
            .addresses(null, 1, null, null)
            .ocspNocheck()
            .config());

    static final KeyPair RESPONDER_KEYS = Keys.generateP256();
    static final X509Certificate RESPONDER = responder(Fixture.CA, RESPONDER_KEYS.getPublic(), NOW);
    static final OcspSigner SIGNER = signer(RESPONDER, RESPONDER_KEYS);

    private OcspScene() {}

    static OcspNonce nonce(int length) {
        byte[] octets = new byte[length];
        Arrays.fill(octets, (byte) 0x5a);
        return OcspNonce.of(octets);
    }

    static X509Certificate responder(CertificateAuthority authority, PublicKey key, Instant now) {
        return issue(authority, PROFILE, key, now);
    }

    static X509Certificate issue(CertificateAuthority authority, Profile profile, PublicKey key, Instant now) {
        IssuingCertificate issuer = authority.issuingCertificate();
        Der tbs = CertificatePreparation.prepare(
                        issuer,
                        profile,
                        Subject.of("ocsp-1", "Example Charging"),
                        Fixture.spki(key),
                        SerialNumber.random(new SecureRandom()),
                        now)
                .tbsCertificate();
        try {
            return Certificates.decode(CertificateAssembly.assemble(tbs, issuer.scheme(), authority.sign(tbs), issuer));
        } catch (WrongSignatureException | MalformedException e) {
            throw new AssertionError(e);
        }
    }

    static OcspSigner signer(X509Certificate certificate, KeyPair keys) {
        try {
            return OcspSigner.of(certificate, keys.getPrivate());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static OcspSingle single(OcspCertId certificate, OcspStatus status) {
        return new OcspSingle(certificate, status, NOW.minusSeconds(30), NOW.plusSeconds(3600));
    }

    /// One of each status.
    static List<OcspSingle> singles() {
        return List.of(
                single(SHA1, new OcspStatus.Good()),
                single(SHA256, new OcspStatus.Revoked(NOW.minusSeconds(90), CrlReason.KEY_COMPROMISE)),
                single(
                        OcspCertId.of(HashAlgorithm.SHA1, ISSUER, BigInteger.TEN),
                        new OcspStatus.Revoked(NOW.minusSeconds(90), CrlReason.UNSPECIFIED)),
                single(OcspCertId.of(HashAlgorithm.SHA256, ISSUER, BigInteger.ONE), new OcspStatus.Unknown()));
    }
}
