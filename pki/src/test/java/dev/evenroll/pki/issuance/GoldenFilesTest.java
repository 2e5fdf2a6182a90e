package dev.evenroll.pki.issuance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.BouncyCastle;
import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.asn1.KeyIdentifiers;
import dev.evenroll.pki.asn1.StrictDer;
import dev.evenroll.pki.authority.CertificateAuthority;
import dev.evenroll.pki.crl.CrlAssembly;
import dev.evenroll.pki.crl.CrlHead;
import dev.evenroll.pki.crl.CrlKind;
import dev.evenroll.pki.crl.CrlPreparation;
import dev.evenroll.pki.crl.CrlReason;
import dev.evenroll.pki.crl.RevokedEntry;
import dev.evenroll.pki.fixture.Fixture;
import dev.evenroll.pki.fixture.OpenSsl;
import dev.evenroll.pki.profile.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.junit.jupiter.api.Test;

/// What this module writes, byte for byte, in `src/test/resources/golden`; beside each file what openssl
/// reads in it.
///
/// The CA has an Ed25519 key, whose signatures have nothing random. After a wanted change run with
/// `-Dgolden.update=true` and read the difference.
class GoldenFilesTest {
    private static final Path DIRECTORY = Path.of("src/test/resources/golden");
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @Test
    void aChargingStationsCertificate() throws Exception {
        CertificateAuthority authority = authority();
        Der tbs = CertificatePreparation.prepare(
                        authority.issuingCertificate(),
                        Fixture.PROFILE,
                        Subject.of("CP-0001", "Example Charging"),
                        Fixture.spki(keys(2).getPublic()),
                        Fixture.SERIAL_NUMBER,
                        NOW)
                .tbsCertificate();

        Der certificate = CertificateAssembly.assemble(
                tbs, SignatureScheme.ED25519, authority.sign(tbs), authority.issuingCertificate());

        assertGolden("charging-station", certificate, "x509");
    }

    @Test
    void aRevocationList() throws Exception {
        CertificateAuthority authority = authority();
        Der tbs = CrlPreparation.prepare(
                authority.issuingCertificate(),
                Fixture.complete(42, NOW, NOW.plus(Duration.ofDays(7))),
                List.of(
                                new RevokedEntry("0a", NOW, CrlReason.SUPERSEDED),
                                new RevokedEntry(
                                        "7f0102030405060708090a0b0c0d0e0f",
                                        NOW.minusSeconds(60),
                                        CrlReason.KEY_COMPROMISE),
                                new RevokedEntry("80", NOW.minusSeconds(30), CrlReason.UNSPECIFIED))
                        .iterator());

        Der crl =
                CrlAssembly.assemble(tbs, SignatureScheme.ED25519, authority.sign(tbs), authority.issuingCertificate());

        assertGolden("revocation-list", crl, "crl");
    }

    @Test
    void anEmptyRevocationList() throws Exception {
        CertificateAuthority authority = authority();
        Der tbs = CrlPreparation.prepare(
                authority.issuingCertificate(),
                Fixture.complete(1, NOW, NOW.plus(Duration.ofDays(7))),
                Collections.emptyIterator());

        Der crl =
                CrlAssembly.assemble(tbs, SignatureScheme.ED25519, authority.sign(tbs), authority.issuingCertificate());

        assertGolden("empty-revocation-list", crl, "crl");
    }

    @Test
    void aShardAndItsDeltaList() throws Exception {
        String url = "http://crl.example/0a0b-5.crl";
        var entries = List.of(
                new RevokedEntry("05", NOW.minusSeconds(9), CrlReason.CERTIFICATE_HOLD),
                new RevokedEntry("45", NOW.minusSeconds(8), CrlReason.CESSATION_OF_OPERATION));
        var changes = List.of(new RevokedEntry("45", NOW.minusSeconds(8), CrlReason.REMOVE_FROM_CRL));
        var end = NOW.plus(Duration.ofDays(7));

        assertGolden(
                "shard",
                signed(
                        new CrlHead(
                                8, NOW, end, List.of(url), new CrlKind.Complete("http://crl.example/0a0b-5-delta.crl")),
                        entries),
                "crl");
        assertGolden(
                "shard-delta", signed(new CrlHead(9, NOW, end, List.of(url), new CrlKind.Delta(8)), changes), "crl");
    }

    private static Der signed(CrlHead head, List<RevokedEntry> entries) throws Exception {
        CertificateAuthority authority = authority();
        Der tbs = CrlPreparation.prepare(authority.issuingCertificate(), head, entries.iterator());
        return CrlAssembly.assemble(tbs, SignatureScheme.ED25519, authority.sign(tbs), authority.issuingCertificate());
    }

    private static void assertGolden(String name, Der actual, String command) throws IOException, InterruptedException {
        Path file = DIRECTORY.resolve(name + ".der");
        if (Boolean.getBoolean("golden.update")) {
            Files.write(file, actual.bytes());
            Files.writeString(
                    DIRECTORY.resolve(name + ".txt"),
                    OpenSsl.run(command, "-inform", "DER", "-in", file, "-noout", "-text")
                            .output());
        }
        assertThat(actual.bytes()).isEqualTo(Files.readAllBytes(file));
    }

    private static CertificateAuthority authority() throws Exception {
        KeyPair keys = keys(1);
        var key = SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded());
        X500Name name = new X500NameBuilder()
                .addRDN(BCStyle.CN, new DERUTF8String("Golden CA"))
                .build();
        Der tbs = new TbsFields(
                        SerialNumber.parse("01"),
                        SignatureScheme.ED25519,
                        name,
                        Instant.parse("2026-01-01T00:00:00Z"),
                        Instant.parse("2051-01-01T00:00:00Z"),
                        name,
                        key,
                        List.of(
                                extension(Extension.basicConstraints, new BasicConstraints(0)),
                                extension(Extension.keyUsage, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign)),
                                new Extension(
                                        Extension.subjectKeyIdentifier,
                                        false,
                                        StrictDer.encode(new SubjectKeyIdentifier(KeyIdentifiers.of(key))))))
                .encode();
        var signature = SignatureScheme.ED25519.newSignature();
        signature.initSign(keys.getPrivate());
        signature.update(tbs.bytes());
        Der root = SignedStructure.join(tbs, SignatureScheme.ED25519, signature.sign());
        return CertificateAuthority.of(keys, List.of(Certificates.decode(root)), Fixture.CLOCK);
    }

    private static Extension extension(ASN1ObjectIdentifier type, ASN1Encodable value) {
        return new Extension(type, true, StrictDer.encode(value));
    }

    /// A key pair of which everybody knows the private key: 32 equal bytes.
    private static KeyPair keys(int octet) throws GeneralSecurityException, IOException {
        byte[] seed = new byte[32];
        Arrays.fill(seed, (byte) octet);
        var algorithm = new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519);
        var privateKey = BouncyCastle.keyFactory("Ed25519")
                .generatePrivate(
                        new PKCS8EncodedKeySpec(new PrivateKeyInfo(algorithm, new DEROctetString(seed)).getEncoded()));
        var publicKey = BouncyCastle.publicKey(SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(
                new Ed25519PrivateKeyParameters(seed).generatePublicKey()));
        return new KeyPair(publicKey, privateKey);
    }
}
