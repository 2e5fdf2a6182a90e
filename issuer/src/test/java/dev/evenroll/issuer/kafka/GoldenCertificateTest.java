package dev.evenroll.issuer.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.hsm.scene.FakeIssuingKey;
import dev.evenroll.hsm.scene.TestCa;
import dev.evenroll.issuer.issuance.CertificateIssuer;
import dev.evenroll.issuer.issuance.CertificatePreparer;
import dev.evenroll.issuer.scene.Records;
import dev.evenroll.issuer.scene.TestAuthorities;
import dev.evenroll.issuer.scene.TestKeys;
import dev.evenroll.issuer.scene.TestProfiles;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.Pem;
import dev.evenroll.pki.authority.CertificateAuthority;
import dev.evenroll.schemas.event.CertificateIssued;
import dev.evenroll.schemas.event.EnrollmentAuthorized;
import dev.evenroll.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;

/// An enrollment through both steps of the issuer, with a fixed key, serial number and clock: byte for byte
/// the committed certificate.
///
/// The CA is one of Ed25519, whose signatures are deterministic. `-Devenroll.regenerate=true` writes the
/// files anew, with the text of `openssl x509` beside them for whoever reviews a change.
class GoldenCertificateTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] SEED = HEX.parseHex("00112233445566778899aabbccddeeff".repeat(2));

    @Test
    void theCertificateIsTheCommittedOne() throws Exception {
        if (Boolean.getBoolean("evenroll.regenerate")) {
            regenerate();
        }
        assertThat(HEX.formatHex(issue(ca()).bytes()))
                .isEqualTo(HEX.formatHex(Files.readAllBytes(GOLDEN.resolve("charging-station.der"))));
    }

    private static Der issue(TestCa ca) throws Exception {
        var preparer =
                new CertificatePreparer(TestAuthorities.of(ca), TestProfiles.PROFILES, new FixedRandom(), TestCa.CLOCK);
        var prepared = PrepareCertificates.of(TestCa.ENVIRONMENT, preparer, TestCa.CLOCK)
                .apply(Records.consumed(Topics.ENROLLMENT_AUTHORIZED, 0, "EV-GOLDEN-1", authorized()))
                .getFirst();
        FakeIssuingKey key = ca.key();
        var reports = new FaultReports(
                TestCa.ENVIRONMENT,
                new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer()),
                TestCa.CLOCK);
        var issued = SignCertificates.of(
                        TestCa.ENVIRONMENT,
                        new CertificateIssuer(TestAuthorities.of(ca, key), TestProfiles.PROFILES, TestCa.CLOCK),
                        reports,
                        TestCa.CLOCK)
                .apply(Records.consumed(Topics.CERTIFICATE_PREPARED, 0, prepared.key(), prepared.value()))
                .getFirst();
        return Bytes.der(Records.decoded(CertificateIssued.class, issued).getCertificate());
    }

    private static EnrollmentAuthorized authorized() {
        return EnrollmentAuthorized.newBuilder()
                .setEnvironment("test")
                .setOccurredAt(TestCa.NOW)
                .setEnrollmentId("cd".repeat(32))
                .setDeviceId("EV-GOLDEN-1")
                .setProfile("charging-station")
                .setOrganization("Grid Co")
                .setSubjectPublicKeyInfo(Bytes.buffer(TestKeys.P256))
                .setReplyPartition(0)
                .build();
    }

    private static TestCa ca() throws Exception {
        var chain = Pem.decodeCertificates(Files.readString(GOLDEN.resolve("ca.pem")));
        return new TestCa(CertificateAuthority.of(keys(), chain, TestCa.CLOCK));
    }

    private static KeyPair keys() throws Exception {
        var factory = KeyFactory.getInstance("Ed25519", new BouncyCastleProvider());
        var pkcs8 = HEX.parseHex("302e020100300506032b657004220420" + HEX.formatHex(SEED));
        var spki = SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(
                new Ed25519PrivateKeyParameters(SEED).generatePublicKey());
        return new KeyPair(
                factory.generatePublic(new X509EncodedKeySpec(spki.getEncoded())),
                factory.generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
    }

    /// Serial number: sixteen times the same octet.
    private static final class FixedRandom extends SecureRandom {
        @Override
        public void nextBytes(byte[] bytes) {
            Arrays.fill(bytes, (byte) 0x5a);
        }
    }

    private static void regenerate() throws Exception {
        Files.createDirectories(GOLDEN);
        if (!Files.exists(GOLDEN.resolve("ca.pem"))) {
            var ca = CertificateAuthority.selfSigned("Golden CA", keys(), Duration.ofDays(7300), TestCa.CLOCK);
            Files.writeString(GOLDEN.resolve("ca.pem"), Pem.encode(ca.chain()));
        }
        Files.write(GOLDEN.resolve("charging-station.der"), issue(ca()).bytes());
        writeText();
    }

    private static void writeText() throws IOException, InterruptedException {
        var process = new ProcessBuilder(
                        "openssl", "x509", "-inform", "DER", "-in", "charging-station.der", "-noout", "-text")
                .directory(GOLDEN.toFile())
                .redirectOutput(GOLDEN.resolve("charging-station.txt").toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }
}
