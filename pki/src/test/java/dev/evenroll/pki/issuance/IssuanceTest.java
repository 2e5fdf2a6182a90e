package dev.evenroll.pki.issuance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.Pem;
import dev.evenroll.pki.asn1.X509Time;
import dev.evenroll.pki.authority.CertificateAuthority;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.fixture.Fixture;
import dev.evenroll.pki.fixture.OpenSsl;
import dev.evenroll.pki.fixture.ProfileDraft;
import dev.evenroll.pki.fixture.TbsForge;
import dev.evenroll.pki.lint.TbsLinter;
import dev.evenroll.pki.profile.Profile;
import dev.evenroll.pki.profile.Subject;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DERSequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IssuanceTest {
    private static final IssuingCertificate ISSUER = Fixture.CA.issuingCertificate();

    static Stream<KeyPair> caKeys() {
        return Stream.of(
                Keys.generateP256(),
                Keys.generateEc("secp384r1"),
                Keys.generateEc("secp521r1"),
                Keys.generateRsa(2048),
                Keys.generateEd25519());
    }

    @ParameterizedTest
    @MethodSource("caKeys")
    void opensslAcceptsWhatEveryKindOfCaIssues(KeyPair keys, @TempDir Path directory) throws Exception {
        // openssl goes by the real clock.
        var clock = InstantSource.system();
        var root = CertificateAuthority.selfSigned("Root", keys, Duration.ofDays(30), clock);
        var prepared = CertificatePreparation.prepare(
                root.issuingCertificate(),
                Fixture.PROFILE,
                Subject.of("CP-0001", "Example Charging"),
                Fixture.spki(Fixture.DEVICE_KEYS.getPublic()),
                SerialNumber.random(new SecureRandom()),
                clock.instant());
        assertThat(TbsLinter.lint(
                        prepared.tbsCertificate(), root.issuingCertificate(), Fixture.PROFILE, clock.instant()))
                .isEmpty();

        Der certificate = assemble(root, prepared);

        Path rootFile = Files.writeString(directory.resolve("root.pem"), Pem.encode(root.certificate()));
        Path leafFile = Files.writeString(directory.resolve("leaf.pem"), Pem.encodeCertificate(certificate));
        assertThat(OpenSsl.run("verify", "-x509_strict", "-CAfile", rootFile, leafFile)
                        .output())
                .isEqualTo(leafFile + ": OK\n");
    }

    @Test
    void saysWhatTheProfileSays() throws Exception {
        PreparedCertificate prepared = Fixture.prepared();

        X509Certificate certificate = Certificates.decode(assemble(Fixture.CA, prepared));

        assertThat(certificate.getVersion()).isEqualTo(3);
        assertThat(certificate.getSerialNumber()).isEqualTo(Fixture.SERIAL_NUMBER.value());
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=CP-0001,O=Example Charging");
        assertThat(certificate.getNotBefore().toInstant())
                .isEqualTo(Instant.parse("2026-11-22T09:55:00Z"))
                .isEqualTo(prepared.notBefore());
        assertThat(certificate.getNotAfter().toInstant())
                .isEqualTo(Instant.parse("2027-11-22T09:54:59Z"))
                .isEqualTo(prepared.notAfter());
        assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
        assertThat(certificate.getKeyUsage()).startsWith(true, false, false);
        assertThat(certificate.getExtendedKeyUsage()).isNull();
        assertThat(certificate.getCriticalExtensionOIDs()).containsExactlyInAnyOrder("2.5.29.19", "2.5.29.15");
        assertThat(certificate.getNonCriticalExtensionOIDs())
                .containsExactlyInAnyOrder("2.5.29.14", "2.5.29.35", "2.5.29.31");
    }

    @Test
    void theSameArgumentsGiveTheSameBytes() {
        assertThat(Fixture.prepared()).isEqualTo(Fixture.prepared());
    }

    @Test
    void neverOutlivesItsCa() {
        Instant nearTheEnd = ISSUER.notAfter().minus(Duration.ofDays(10));
        var prepared = CertificatePreparation.prepare(
                ISSUER,
                Fixture.PROFILE,
                Subject.of("CP-0001"),
                Fixture.spki(Fixture.DEVICE_KEYS.getPublic()),
                Fixture.SERIAL_NUMBER,
                nearTheEnd);

        assertThat(prepared.notAfter()).isEqualTo(ISSUER.notAfter());
    }

    /// Nobody could verify it after the root has ended.
    @Test
    void neverOutlivesTheRootOfItsCa() throws Exception {
        var root = CertificateAuthority.selfSigned("Short Root", Duration.ofDays(100), Fixture.CLOCK);
        var made = root.subordinate("Long CA", 0, Duration.ofDays(50)).certificate();
        Instant end = Fixture.NOW.plus(Duration.ofDays(3650));
        Der tbs = TbsForge.certificate(Der.of(made.getTBSCertificate()))
                .with(TbsForge.VALIDITY, new DERSequence(new ASN1Encodable[] {
                    X509Time.encode(made.getNotBefore().toInstant()), X509Time.encode(end)
                }))
                .der();
        var issuing = Certificates.decode(
                SignedStructure.join(tbs, root.issuingCertificate().scheme(), root.sign(tbs)));
        var issuer = IssuingCertificate.of(List.of(issuing, root.certificate()));

        assertThat(issuer.certificateNotAfter()).isEqualTo(end);
        assertThat(issuer.notAfter()).isEqualTo(root.certificate().getNotAfter().toInstant());
        assertThat(prepared(issuer, Fixture.PROFILE).notAfter()).isEqualTo(issuer.notAfter());
        assertThat(TbsLinter.lint(
                        prepared(issuer, Fixture.PROFILE).tbsCertificate(), issuer, Fixture.PROFILE, Fixture.NOW))
                .isEmpty();
    }

    @Test
    void neverBeginsBeforeItsCa() {
        var profile = Profile.validate(
                new ProfileDraft().life("P90D", "PT24H", "PT0S").config());

        assertThat(prepared(ISSUER, profile).notBefore()).isEqualTo(ISSUER.notBefore());
    }

    private static PreparedCertificate prepared(IssuingCertificate issuer, Profile profile) {
        return CertificatePreparation.prepare(
                issuer,
                profile,
                Subject.of("CP-0001", "Example Charging"),
                Fixture.spki(Fixture.DEVICE_KEYS.getPublic()),
                Fixture.SERIAL_NUMBER,
                Fixture.NOW);
    }

    @Test
    void aWrongSignatureIssuesNothing() {
        Der tbs = Fixture.prepared().tbsCertificate();
        String message =
                "the signature over the TBSCertificate does not verify with the key of CN=Test Issuing CA (key id "
                        + ISSUER.keyId() + "); check that the signing key belongs to this certificate";

        assertThatThrownBy(() -> CertificateAssembly.assemble(tbs, ISSUER.scheme(), Fixture.ROOT.sign(tbs), ISSUER))
                .isInstanceOf(WrongSignatureException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> CertificateAssembly.assemble(tbs, ISSUER.scheme(), new byte[0], ISSUER))
                .isInstanceOf(WrongSignatureException.class)
                .hasMessage(message);
        assertThatThrownBy(() ->
                        CertificateAssembly.assemble(tbs, SignatureScheme.ECDSA_SHA384, Fixture.CA.sign(tbs), ISSUER))
                .isInstanceOf(WrongSignatureException.class);
    }

    @Test
    void serialNumbersArePositiveRandomAndShort() {
        var random = new SecureRandom();
        var met = new HashSet<SerialNumber>();
        for (int i = 0; i < 1000; i++) {
            SerialNumber number = SerialNumber.random(random);
            assertThat(number.value().signum()).isOne();
            assertThat(number.value().toByteArray().length).isLessThanOrEqualTo(17);
            assertThat(SerialNumber.parse(number.hex())).isEqualTo(number);
            assertThat(met.add(number)).isTrue();
        }
        assertThatThrownBy(() -> new SerialNumber(BigInteger.ZERO))
                .hasMessage("serial number: must be positive and have at most 20 octets");
        assertThatThrownBy(() -> new SerialNumber(BigInteger.TWO.pow(159)))
                .hasMessage("serial number: must be positive and have at most 20 octets");
        assertThatThrownBy(() -> SerialNumber.parse("xyz")).hasMessage("serial number: must be hexadecimal digits");
    }

    @Test
    void anIssuingCertificateIsACaWithItsChain() {
        X509Certificate client = Fixture.CA.issueClient("someone", Fixture.DEVICE_KEYS.getPublic());
        var stranger = CertificateAuthority.selfSigned("Test Root", Duration.ofDays(10), Fixture.CLOCK);

        assertThat(ISSUER.chain()).hasSize(2);
        assertThat(ISSUER.scheme()).isEqualTo(SignatureScheme.ECDSA_SHA256);
        assertRefused(List.of(), "CA chain: is empty; give the certificate of the issuing CA first, its root last");
        assertRefused(List.of(client), "CA chain: CN=someone is not a CA certificate (basicConstraints)");
        assertRefused(
                List.of(Fixture.CA.certificate()),
                "CA chain: CN=Test Issuing CA is not issued by CA chain: CN=Test Issuing CA; "
                        + "give each certificate's issuer after it, up to the root");
        assertRefused(
                Fixture.CA.certifySubordinate("Below", 0, Fixture.DEVICE_KEYS.getPublic(), Duration.ofDays(9)),
                "CA chain: CN=Test Issuing CA allows 0 CAs below it, and there are 1 (pathLenConstraint);"
                        + " have the issuing CA certified higher up");
        assertRefused(
                List.of(Fixture.CA.certificate(), stranger.certificate()),
                "CA chain: CN=Test Issuing CA is not signed with the key of CA chain: CN=Test Root; give the matching chain");
    }

    private static void assertRefused(List<X509Certificate> chain, String message) {
        assertThatThrownBy(() -> IssuingCertificate.of(chain))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void schemesFollowTheKey() {
        assertThat(SignatureScheme.of(Keys.generateEc("secp384r1").getPublic()))
                .isEqualTo(SignatureScheme.ECDSA_SHA384);
        assertThat(SignatureScheme.of(Keys.generateRsa(2048).getPublic())).isEqualTo(SignatureScheme.RSA_PSS_SHA256);
        assertThatThrownBy(() -> SignatureScheme.of(Keys.generateEc("secp256k1").getPublic()))
                .hasMessage("CA key: its algorithm 1.2.840.10045.2.1 or its curve is not supported; "
                        + "use P-256, P-384, P-521, RSA, Ed25519, Ed448 or, experimental, ML-DSA");
    }

    private static Der assemble(CertificateAuthority authority, PreparedCertificate prepared)
            throws WrongSignatureException {
        return CertificateAssembly.assemble(
                prepared.tbsCertificate(),
                authority.issuingCertificate().scheme(),
                authority.sign(prepared.tbsCertificate()),
                authority.issuingCertificate());
    }
}
