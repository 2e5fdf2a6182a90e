package dev.evenroll.issuer.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.evenroll.hsm.scene.FakeIssuingKey;
import dev.evenroll.hsm.scene.TestCa;
import dev.evenroll.issuer.issuance.CertificateIssuer;
import dev.evenroll.issuer.issuance.CertificatePreparer;
import dev.evenroll.issuer.issuance.Profiles;
import dev.evenroll.issuer.scene.Command;
import dev.evenroll.issuer.scene.Records;
import dev.evenroll.issuer.scene.TestAuthorities;
import dev.evenroll.issuer.scene.TestKeys;
import dev.evenroll.issuer.scene.TestProfiles;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.Pem;
import dev.evenroll.pki.authority.CertificateAuthority;
import dev.evenroll.pki.authority.CertificationRequests;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.profile.KeyKind;
import dev.evenroll.schemas.event.CertificateIssued;
import dev.evenroll.schemas.event.EnrollmentAuthorized;
import dev.evenroll.schemas.event.KeyAssurance;
import dev.evenroll.schemas.event.ResponderIssued;
import dev.evenroll.schemas.event.ResponderRequested;
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
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// An enrollment under each profile through both steps of the issuer, with fixed keys, serial number and clock: byte
/// for byte the committed certificates.
///
/// The CA is one of Ed25519, whose signatures are deterministic. `-Devenroll.regenerate=true` writes the
/// files anew, with the text of `openssl x509` beside them for whoever reviews a change.
class GoldenCertificateTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] SEED = HEX.parseHex("00112233445566778899aabbccddeeff".repeat(2));
    private static final String KEY_OF_ED448 = "ed448.pub";
    private static final String KEY_OF_ML_DSA = "ml-dsa-44.pub";

    /// A certificate of which the bytes are kept.
    ///
    /// @param name of its files
    /// @param purpose of `openssl verify`, which it must serve
    record Golden(
            String name,
            Profiles profiles,
            String profile,
            String deviceId,
            Der key,
            KeyAssurance assurance,
            String purpose) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Golden> certificates() throws IOException {
        var builtIn = TestProfiles.builtIn();
        var example = TestProfiles.example();
        return Stream.of(
                golden("charging-station", builtIn, "charging-station", "EV-GOLDEN-1", TestKeys.P256, "sslclient"),
                golden(
                        "charging-station-ocpp16",
                        builtIn,
                        "charging-station-ocpp16",
                        "EV-GOLDEN-1",
                        TestKeys.P256,
                        "sslclient"),
                golden("v2g-secc", builtIn, "v2g-secc", "DE-EVR-S0001", TestKeys.P256, "sslserver"),
                golden("v2g-secc-20", builtIn, "v2g-secc", "DE-EVR-S0001", key(KEY_OF_ED448), "sslserver"),
                golden("local-controller", builtIn, "local-controller", "LC-GOLDEN-1", TestKeys.P256, "sslclient"),
                golden("csms-server", builtIn, "csms-server", "csms.example.com", TestKeys.P256, "sslserver"),
                golden("ocsp-responder", builtIn, "ocsp-responder", "ocsp-responder-0", TestKeys.P256, "ocsphelper"),
                new Golden(
                        "example-attested",
                        example,
                        "charging-station",
                        "EV-GOLDEN-1",
                        TestKeys.P256,
                        KeyAssurance.ATTESTED_KEY,
                        "sslclient"),
                golden("example-software", example, "charging-station", "EV-GOLDEN-1", TestKeys.P256, "sslclient"),
                golden("example-ml-dsa", example, "charging-station-ml-dsa", "EV-GOLDEN-1", key(KEY_OF_ML_DSA), "any"));
    }

    private static Golden golden(
            String name, Profiles profiles, String profile, String deviceId, Der key, String purpose) {
        return new Golden(name, profiles, profile, deviceId, key, KeyAssurance.UNKNOWN, purpose);
    }

    /// A public key, DER, for lack of a deterministic generator.
    private static Der key(String file) throws IOException {
        return Der.of(Files.readAllBytes(GOLDEN.resolve(file)));
    }

    @BeforeAll
    static void regenerate() throws Exception {
        if (!Boolean.getBoolean("evenroll.regenerate")) {
            return;
        }
        Files.createDirectories(GOLDEN);
        if (!Files.exists(GOLDEN.resolve("ca.pem"))) {
            var ca = CertificateAuthority.selfSigned("Golden CA", keys(), Duration.ofDays(7300), TestCa.CLOCK);
            Files.writeString(GOLDEN.resolve("ca.pem"), Pem.encode(ca.chain()));
        }
        keep(KEY_OF_ED448, KeyKind.ED448);
        keep(KEY_OF_ML_DSA, KeyKind.ML_DSA_44);
        for (var golden : certificates().toList()) {
            Path file = GOLDEN.resolve(golden.name() + ".der");
            Files.write(file, issue(golden).bytes());
            var text = Command.run("openssl", "x509", "-inform", "DER", "-in", file, "-noout", "-text");
            assertThat(text.status()).as(text.output()).isZero();
            Files.writeString(GOLDEN.resolve(golden.name() + ".txt"), text.output());
        }
    }

    private static void keep(String file, KeyKind kind) throws IOException {
        if (!Files.exists(GOLDEN.resolve(file))) {
            Files.write(GOLDEN.resolve(file), Keys.generate(kind).getPublic().getEncoded());
        }
    }

    @ParameterizedTest
    @MethodSource("certificates")
    void theCertificateIsTheCommittedOne(Golden golden) throws Exception {
        assertThat(HEX.formatHex(issue(golden).bytes()))
                .isEqualTo(HEX.formatHex(Files.readAllBytes(GOLDEN.resolve(golden.name() + ".der"))));
    }

    @ParameterizedTest
    @CsvSource({"example-attested, 2.999.2.2, 2.999.2.1", "example-software, 2.999.2.1, 2.999.2.2"})
    void theAssuranceOfTheAuthorizationDecidesThePolicyOfTheCertificate(
            String name, String its, String other, @TempDir Path directory) throws Exception {
        var golden = certificates()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        var file = Files.write(directory.resolve("leaf.der"), issue(golden).bytes());
        var read = Command.run("openssl", "x509", "-inform", "DER", "-noout", "-text", "-in", file);
        assertThat(read.output()).contains("Policy: " + its + "\n").doesNotContain("Policy: " + other + "\n");
    }

    /// At the time of the golden clock: some live for hours.
    @ParameterizedTest
    @MethodSource("certificates")
    void opensslVerifiesItForItsPurpose(Golden golden, @TempDir Path directory) throws Exception {
        assumeFalse(isMlDsa(golden), "openssl knows ML-DSA from 3.5 on");
        var verified = Command.run(
                "openssl",
                "verify",
                "-x509_strict",
                "-attime",
                TestCa.NOW.getEpochSecond(),
                "-purpose",
                golden.purpose(),
                "-CAfile",
                GOLDEN.resolve("ca.pem"),
                pem(golden, directory));
        assertThat(verified.output()).endsWith(": OK\n");
        assertThat(verified.status()).isZero();
    }

    /// GnuTLS goes by the real clock, so that it gets another certificate than the committed one.
    @ParameterizedTest
    @MethodSource("certificates")
    void gnuTlsVerifiesOneThatIsIssuedNow(Golden golden, @TempDir Path directory) throws Exception {
        assumeFalse(isMlDsa(golden), "GnuTLS 3.7 does not know ML-DSA");
        var leaf = Files.writeString(
                directory.resolve("leaf.pem"), Pem.encodeCertificate(issue(golden, InstantSource.system())));
        var verified = Command.run(
                "certtool", "--verify", "--load-ca-certificate", GOLDEN.resolve("ca.pem"), "--infile", leaf);
        assertThat(verified.output()).contains("Chain verification output: Verified. The certificate is trusted.");
        assertThat(verified.status()).isZero();
    }

    /// It decodes every extension; what it does not understand, it says to be an error or unknown.
    @ParameterizedTest
    @MethodSource("certificates")
    void gnuTlsReadsEveryPartOfIt(Golden golden) throws Exception {
        var read = Command.run(
                "certtool", "--certificate-info", "--inder", "--infile", GOLDEN.resolve(golden.name() + ".der"));
        assertThat(read.status()).isZero();
        assertThat(read.output().lines().filter(line -> line.startsWith("\t\t")))
                .noneMatch(line -> line.contains("error")
                        // GnuTLS does not know id-pkix-ocsp-nocheck.
                        || (line.contains("Unknown extension") && !line.contains("1.3.6.1.5.5.7.48.1.5")));
    }

    private static boolean isMlDsa(Golden golden) {
        return golden.name().endsWith("ml-dsa");
    }

    private static Path pem(Golden golden, Path directory) throws IOException {
        return Files.writeString(
                directory.resolve("leaf.pem"),
                Pem.encodeCertificate(Der.of(Files.readAllBytes(GOLDEN.resolve(golden.name() + ".der")))));
    }

    private static Der issue(Golden golden) throws Exception {
        return issue(golden, TestCa.CLOCK);
    }

    private static Der issue(Golden golden, InstantSource clock) throws Exception {
        var ca = ca();
        var preparer = new CertificatePreparer(TestAuthorities.of(ca), golden.profiles(), new FixedRandom(), clock);
        var prepared = isResponder(golden)
                ? PrepareResponders.of(TestCa.ENVIRONMENT, preparer, clock)
                        .apply(Records.consumed(
                                Topics.RESPONDER_REQUESTED,
                                0,
                                golden.deviceId(),
                                requested(golden, ca, clock.instant())))
                        .getFirst()
                : PrepareCertificates.of(TestCa.ENVIRONMENT, preparer, clock)
                        .apply(Records.consumed(Topics.ENROLLMENT_AUTHORIZED, 0, golden.deviceId(), authorized(golden)))
                        .getFirst();
        FakeIssuingKey key = ca.key();
        var reports = new FaultReports(
                TestCa.ENVIRONMENT,
                new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer()),
                clock);
        var issued = SignCertificates.of(
                        TestCa.ENVIRONMENT,
                        new CertificateIssuer(TestAuthorities.of(ca, key), golden.profiles(), clock),
                        reports,
                        clock)
                .apply(Records.consumed(Topics.CERTIFICATE_PREPARED, 0, prepared.key(), prepared.value()))
                .getFirst();
        return Bytes.der(
                isResponder(golden)
                        ? Records.decoded(ResponderIssued.class, issued).getCertificate()
                        : Records.decoded(CertificateIssued.class, issued).getCertificate());
    }

    private static boolean isResponder(Golden golden) {
        return golden.profile().equals("ocsp-responder");
    }

    private static ResponderRequested requested(Golden golden, TestCa ca, Instant now) {
        var request = CertificationRequests.create(TestKeys.p256(), "anything");
        return new ResponderRequested(
                "test", now, golden.deviceId(), ca.certificate().keyId(), Bytes.buffer(request));
    }

    private static EnrollmentAuthorized authorized(Golden golden) {
        return EnrollmentAuthorized.newBuilder()
                .setEnvironment("test")
                .setOccurredAt(TestCa.NOW)
                .setEnrollmentId("cd".repeat(32))
                .setDeviceId(golden.deviceId())
                .setProfile(golden.profile())
                .setOrganization("Grid Co")
                .setSubjectPublicKeyInfo(Bytes.buffer(golden.key()))
                .setReplyPartition(0)
                .setAssurance(golden.assurance())
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
}
