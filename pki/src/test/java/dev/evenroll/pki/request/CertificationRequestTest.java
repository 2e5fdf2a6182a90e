package dev.evenroll.pki.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.Failure;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.asn1.StrictDer;
import dev.evenroll.pki.authority.CertificationRequests;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.fixture.Fixture;
import dev.evenroll.pki.fixture.Mutations;
import dev.evenroll.pki.fixture.OpenSsl;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CertificationRequestTest {
    private static final Der GOOD = CertificationRequests.create(Fixture.DEVICE_KEYS, "CP-0001", "Example Charging");

    @Test
    void decodesWhatADeviceSends() throws Exception {
        var request = CertificationRequest.decode(GOOD);

        assertThat(request.der()).isEqualTo(GOOD);
        assertThat(request.commonName()).contains("CP-0001");
        assertThat(request.organization()).contains("Example Charging");
        assertThat(request.subject())
                .containsExactly(
                        new SubjectAttribute("2.5.4.10", "O", "Example Charging"),
                        new SubjectAttribute("2.5.4.3", "CN", "CP-0001"));
        assertThat(request.subjectPublicKeyInfo()).isEqualTo(Fixture.spki(Fixture.DEVICE_KEYS.getPublic()));
        assertThat(request.spkiSha256())
                .isEqualTo(request.subjectPublicKeyInfo().sha256Hex());
        assertThat(request.signatureAlgorithm()).isEqualTo("SHA256withECDSA");
        assertThat(request.provesPossession()).isTrue();
        assertThat(request.requestsExtensions()).isFalse();
        assertThat(request.otherAttributes()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("keyPairs")
    void provesPossessionOfEveryAcceptedKind(KeyPair keys) throws Exception {
        assertThat(CertificationRequest.decode(CertificationRequests.create(keys, "CP-0001"))
                        .possessionProblem())
                .isEmpty();
    }

    static Stream<KeyPair> keyPairs() {
        return Stream.of(
                Keys.generateP256(),
                Keys.generateEc("secp384r1"),
                Keys.generateEc("secp521r1"),
                Keys.generateEd25519(),
                Keys.generateEd448(),
                Keys.generateRsa(2048));
    }

    @Test
    void anotherKeyProvesNothing() throws Exception {
        Der other = CertificationRequests.create(Keys.generateP256(), "CP-0001", "Example Charging");
        ASN1Sequence stolen = ASN1Sequence.getInstance(GOOD.bytes());
        Der forged = der(
                stolen.getObjectAt(0),
                stolen.getObjectAt(1),
                ASN1Sequence.getInstance(other.bytes()).getObjectAt(2));

        var request = CertificationRequest.decode(forged);

        assertThat(request.provesPossession()).isFalse();
        assertThat(request.possessionProblem())
                .contains(new Failure(
                        "proof-of-possession",
                        "signature: does not verify with the key of the request; "
                                + "sign the request with the private key that belongs to it"));
    }

    @Test
    void aSignatureThatIsNoneProvesNothing() throws Exception {
        ASN1Sequence good = ASN1Sequence.getInstance(GOOD.bytes());
        Der forged = der(good.getObjectAt(0), good.getObjectAt(1), new DERBitString(new byte[] {1, 2, 3}));

        assertThat(CertificationRequest.decode(forged).possessionProblem())
                .contains(new Failure(
                        "proof-of-possession",
                        "signature: SHA256withECDSA can not be verified with the key of the request; "
                                + "sign the request with the private key that belongs to it"));
    }

    /// Requests as openssl makes them: other encodings of names, attributes, broken digests, unnamed curves.
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                    -newkey ec -pkeyopt ec_paramgen_curve:P-256 -sha256 | -
                    -newkey rsa:2048 -sha512 | -
                    -newkey rsa:2048 -sha256 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:-1 | -
                    -newkey ed448 | -
                    -newkey ec -pkeyopt ec_paramgen_curve:P-256 -sha1 | signatureAlgorithm: 1.2.840.10045.4.1 is not accepted; sign the request with ECDSA, Ed25519, Ed448 or RSA and at least SHA-256
                    -newkey rsa:2048 -sha1 -sigopt rsa_padding_mode:pss | signature: RSASSA-PSS can not be verified with the key of the request; sign the request with the private key that belongs to it
                    -newkey rsa:2048 -sha256 -sigopt rsa_padding_mode:pss -sigopt rsa_mgf1_md:sha1 | signature: RSASSA-PSS can not be verified with the key of the request; sign the request with the private key that belongs to it
                    -newkey ec -pkeyopt ec_paramgen_curve:P-256 -pkeyopt ec_param_enc:explicit -sha256 | signature: can not be verified with a key on an unnamed curve; make a key on P-256
                    """)
    void readsTheRequestsOfOpenssl(String options, String problem, @TempDir Path directory) throws Exception {
        Path file = directory.resolve("request.der");
        var command = Stream.concat(
                Stream.of(
                        "req",
                        "-new",
                        "-nodes",
                        "-keyout",
                        directory.resolve("key.pem"),
                        "-subj",
                        "/C=NL/O=Op/CN=CP-7"),
                Stream.concat(Stream.of(options.split(" ", -1)), Stream.of("-outform", "DER", "-out", file)));
        assertThat(OpenSsl.run(command.toArray()).status()).isZero();

        var request = CertificationRequest.decode(Der.of(Files.readAllBytes(file)));

        assertThat(request.commonName()).contains("CP-7");
        assertThat(request.possessionProblem().map(Failure::message).orElse(null))
                .isEqualTo(problem);
    }

    @Test
    void tellsThatExtensionsAreAskedFor(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("request.der");
        OpenSsl.run(
                "req",
                "-new",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-keyout",
                directory.resolve("key.pem"),
                "-subj",
                "/CN=CP-7",
                "-addext",
                "basicConstraints=critical,CA:TRUE",
                "-outform",
                "DER",
                "-out",
                file);

        assertThat(CertificationRequest.decode(Der.of(Files.readAllBytes(file))).requestsExtensions())
                .isTrue();
    }

    @Test
    void tellsWhatElseIsAskedFor(@TempDir Path directory) throws Exception {
        Path configuration = Files.writeString(directory.resolve("request.cnf"), """
                [req]
                prompt = no
                distinguished_name = name
                attributes = attributes
                req_extensions = extensions
                [name]
                CN = CP-7
                [attributes]
                challengePassword = once-only
                unstructuredName = station
                [extensions]
                basicConstraints = CA:FALSE
                """);
        Path file = directory.resolve("request.der");
        OpenSsl.run(
                "req",
                "-new",
                "-config",
                configuration,
                "-newkey",
                "ed25519",
                "-nodes",
                "-keyout",
                directory.resolve("key.pem"),
                "-outform",
                "DER",
                "-out",
                file);

        var request = CertificationRequest.decode(Der.of(Files.readAllBytes(file)));

        assertThat(request.requestsExtensions()).isTrue();
        assertThat(request.otherAttributes())
                .containsExactlyInAnyOrder(CertificationRequest.CHALLENGE_PASSWORD, "1.2.840.113549.1.9.2");
    }

    @Test
    void twoCommonNamesAreNone(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("request.der");
        OpenSsl.run(
                "req",
                "-new",
                "-newkey",
                "ed25519",
                "-nodes",
                "-keyout",
                directory.resolve("key.pem"),
                "-subj",
                "/CN=CP-7/CN=CP-8",
                "-outform",
                "DER",
                "-out",
                file);

        var request = CertificationRequest.decode(Der.of(Files.readAllBytes(file)));

        assertThat(request.subject()).hasSize(2);
        assertThat(request.commonName()).isEmpty();
    }

    @Test
    void aValueThatIsNoTextIsShownAsItIs() throws Exception {
        var notUtf8 = ASN1Primitive.fromByteArray(new byte[] {0x0c, 1, (byte) 0xff});
        var name = new X500NameBuilder()
                .addRDN(BCStyle.CN, notUtf8)
                .addRDN(BCStyle.O, new ASN1Integer(5))
                .build();

        assertThat(SubjectAttribute.of(name))
                .extracting(SubjectAttribute::value)
                .containsExactly("#0c01ff", "#020105");
    }

    @Test
    void saysWhatIsWrong() {
        ASN1Sequence good = ASN1Sequence.getInstance(GOOD.bytes());
        ASN1Sequence info = ASN1Sequence.getInstance(good.getObjectAt(0));
        DERSequence version2 = new DERSequence(
                new ASN1Encodable[] {new ASN1Integer(1), info.getObjectAt(1), info.getObjectAt(2), info.getObjectAt(3)
                });

        assertMalformed(
                Der.of(new byte[16 * 1024 + 1]), "certification request: has 16385 bytes, at most 16384 are accepted");
        assertMalformed(der(), "certification request: is DER but not a PKCS#10 request (RFC 2986 section 4)");
        assertMalformed(
                der(version2, good.getObjectAt(1), good.getObjectAt(2)),
                "certification request: has a version other than 1 (RFC 2986 section 4.1)");
        assertMalformed(
                der(good.getObjectAt(0), good.getObjectAt(1), good.getObjectAt(2), good.getObjectAt(2)),
                "certification request: has 4 parts instead of 3 (RFC 2986 section 4.2)");
        assertMalformed(
                der(good.getObjectAt(0), good.getObjectAt(1), new DERBitString(new byte[] {2}, 1)),
                "certification request: has a signature that is not whole octets");
        DERSequence attributesTwice = new DERSequence(new ASN1Encodable[] {
            info.getObjectAt(0), info.getObjectAt(1), info.getObjectAt(2), info.getObjectAt(3), info.getObjectAt(3)
        });
        assertMalformed(
                der(attributesTwice, good.getObjectAt(1), good.getObjectAt(2)),
                "certification request: holds parts that RFC 2986 section 4.1 does not know");
        byte[] trailing = Arrays.copyOf(GOOD.bytes(), GOOD.length() + 2);
        assertMalformed(Der.of(trailing), "certification request: 2 bytes follow its end; send it alone");
    }

    @ParameterizedTest
    @MethodSource("keyPairs")
    void hostileInputIsMalformedOrJudged(KeyPair keys) {
        Der good = CertificationRequests.create(keys, "CP-0001", "Example Charging");
        int count = keys.getPublic().getAlgorithm().equals("RSA") ? 500 : 2000;
        Mutations.of(good, count, 21).filter(der -> !der.equals(good)).forEach(der -> {
            try {
                var request = CertificationRequest.decode(der);
                assertThat(request.der()).isEqualTo(der);
                if (request.provesPossession()) {
                    assertThat(signedPart(der)).isEqualTo(signedPart(good));
                }
                assertThat(KeyRules.judge(request.subjectPublicKeyInfo(), AcceptedKeys.STANDARD))
                        .isNotNull();
            } catch (MalformedException e) {
                assertThat(e).hasMessageStartingWith("certification request: ");
            }
        });
    }

    private static ASN1Encodable signedPart(Der request) {
        return ASN1Sequence.getInstance(request.bytes()).getObjectAt(0);
    }

    private static void assertMalformed(Der der, String message) {
        assertThatThrownBy(() -> CertificationRequest.decode(der))
                .isInstanceOf(MalformedException.class)
                .hasMessage(message);
    }

    private static Der der(ASN1Encodable... parts) {
        var vector = new ASN1EncodableVector();
        for (ASN1Encodable part : parts) {
            vector.add(part);
        }
        return Der.of(StrictDer.encode(new DERSequence(vector)));
    }
}
