package dev.evenroll.pki.ocsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.Pem;
import dev.evenroll.pki.asn1.StrictDer;
import dev.evenroll.pki.fixture.Fixture;
import dev.evenroll.pki.fixture.OpenSsl;
import dev.evenroll.pki.identity.CertificateId;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPReqBuilder;
import org.bouncycastle.operator.DigestCalculatorProvider;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OcspRequestTest {
    private static final OcspRequest TWO =
            new OcspRequest(List.of(OcspScene.SHA1, OcspScene.SHA256), Optional.of(OcspScene.NONCE));
    private static final ASN1ObjectIdentifier SOME_TYPE = new ASN1ObjectIdentifier("1.2.3");
    private static final ASN1Encodable CERT_ID = ASN1Sequence.getInstance(OcspScene.SHA1.encode());

    @Test
    void readsWhatItWrote() throws Exception {
        for (OcspRequest request : List.of(TWO, new OcspRequest(List.of(OcspScene.SHA1), Optional.empty()))) {
            assertThat(OcspRequest.read(request.encode())).isEqualTo(request);
        }
    }

    @Test
    void writesWhatBouncyCastleWrites() throws Exception {
        var theirs = new OCSPReqBuilder()
                .addRequest(theirs(HashAlgorithm.SHA1, OcspScene.SERIAL_NUMBER))
                .addRequest(theirs(HashAlgorithm.SHA256, BigInteger.TWO))
                .setRequestExtensions(new Extensions(nonce(32)))
                .build();

        assertThat(TWO.encode()).isEqualTo(theirs.getEncoded());
    }

    @Test
    void readsWhatOpensslAsks(@TempDir Path directory) throws Exception {
        X509Certificate device = Fixture.CA.issueClient("CP-0001", Fixture.DEVICE_KEYS.getPublic());
        Path issuer = Files.writeString(directory.resolve("ca.pem"), Pem.encode(Fixture.CA.certificate()));
        Path certificate = Files.writeString(directory.resolve("device.pem"), Pem.encode(device));
        Path file = directory.resolve("request.der");

        var made = OpenSsl.run(
                "ocsp", "-issuer", issuer, "-cert", certificate, "-sha256", "-cert", certificate, "-reqout", file);
        assertThat(made.status()).as(made.output()).isZero();
        OcspRequest request = OcspRequest.read(Files.readAllBytes(file));

        assertThat(request.certificates())
                .containsExactly(
                        OcspCertId.of(HashAlgorithm.SHA1, OcspScene.ISSUER, device.getSerialNumber()),
                        OcspCertId.of(HashAlgorithm.SHA256, OcspScene.ISSUER, device.getSerialNumber()));
        assertThat(request.nonce()).isPresent();
        assertThat(request.encode()).isEqualTo(Files.readAllBytes(file));
    }

    @ParameterizedTest
    @EnumSource
    void aCertificateIsOfTheCaWhoseNameAndKeyItNames(HashAlgorithm hash) {
        var other = Fixture.ROOT.subordinate("Test Issuing CA", 0, Duration.ofDays(9));
        OcspCertId id = OcspCertId.of(hash, OcspScene.ISSUER, BigInteger.TWO);
        OcspCertId sameName = OcspCertId.of(hash, other.issuingCertificate(), BigInteger.TWO);
        var withoutParameters = new OcspCertId(
                der(new AlgorithmIdentifier(
                        AlgorithmIdentifier.getInstance(id.hashAlgorithm().bytes())
                                .getAlgorithm())),
                id.issuerNameHash(),
                id.issuerKeyHash(),
                BigInteger.TWO);

        assertThat(id.isOf(OcspScene.ISSUER)).isTrue();
        assertThat(withoutParameters.isOf(OcspScene.ISSUER)).isTrue();
        assertThat(OcspIssuer.of(other.issuingCertificate()).issued(id)).isFalse();
        assertThat(OcspIssuer.of(other.issuingCertificate()).issued(sameName)).isTrue();
        assertThat(withoutParameters).isNotEqualTo(id);
        assertThat(sameName.issuerNameHash()).isEqualTo(id.issuerNameHash());
        assertThat(sameName.isOf(OcspScene.ISSUER)).isFalse();
        assertThat(OcspCertId.of(hash, Fixture.ROOT.issuingCertificate(), BigInteger.TWO)
                        .isOf(OcspScene.ISSUER))
                .isFalse();
        assertThat(new OcspCertId(
                                der(new AlgorithmIdentifier(SOME_TYPE)),
                                id.issuerNameHash(),
                                id.issuerKeyHash(),
                                BigInteger.TWO)
                        .isOf(OcspScene.ISSUER))
                .isFalse();
    }

    @Test
    void equalNamesAreOneKey() {
        OcspCertId same = OcspCertId.of(HashAlgorithm.SHA1, OcspScene.ISSUER, OcspScene.SERIAL_NUMBER);

        assertThat(same).isEqualTo(OcspScene.SHA1).hasSameHashCodeAs(OcspScene.SHA1);
    }

    @ParameterizedTest
    @MethodSource
    void onlySerialNumbersThatACertificateCanHaveNameOne(BigInteger serialNumber, Optional<String> expected) {
        OcspCertId id = OcspCertId.of(HashAlgorithm.SHA1, OcspScene.ISSUER, serialNumber);

        assertThat(id.certificateId(OcspScene.ISSUER))
                .isEqualTo(expected.map(hex -> new CertificateId(OcspScene.ISSUER.keyId(), hex)));
    }

    static Stream<Arguments> onlySerialNumbersThatACertificateCanHaveNameOne() {
        return Stream.of(
                arguments(BigInteger.ONE, Optional.of("01")),
                arguments(OcspScene.SERIAL_NUMBER, Optional.of("7f0102030405060708090a0b0c0d0e0f")),
                arguments(BigInteger.TWO.pow(159).subtract(BigInteger.ONE), Optional.of("7f" + "ff".repeat(19))),
                arguments(BigInteger.TWO.pow(159), Optional.empty()),
                arguments(BigInteger.ZERO, Optional.empty()),
                arguments(BigInteger.ONE.negate(), Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16, 32, 33, 128})
    void aNonceMayHaveUpTo128Octets(int length) throws Exception {
        byte[] encoded = request(nonce(length));

        OcspRequest request = OcspRequest.read(encoded);

        assertThat(request.nonce()).contains(OcspScene.nonce(length));
        assertThat(request.encode()).isEqualTo(encoded);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 129, 4096})
    void anotherNonceIsMalformed(int length) {
        assertThatThrownBy(() -> OcspRequest.read(request(nonce(length))))
                .hasMessage("nonce: has " + length + " octets; use 1 to 128, best 32 (RFC 9654 section 2.1)");
        assertThatThrownBy(() -> OcspNonce.of(new byte[length])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void signatureNameAndOtherExtensionsArePassedOver() throws Exception {
        byte[] signed = new OCSPReqBuilder()
                .addRequest(
                        theirs(HashAlgorithm.SHA1, OcspScene.SERIAL_NUMBER),
                        new Extensions(new Extension(SOME_TYPE, false, new byte[] {5, 0})))
                .setRequestorName(new X500Name("CN=me"))
                .setRequestExtensions(new Extensions(new Extension[] {
                    new Extension(SOME_TYPE, false, new byte[] {5, 0}),
                    new Extension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce, true, nonceValue(32))
                }))
                .build(
                        new JcaContentSignerBuilder("SHA256withECDSA").build(Fixture.DEVICE_KEYS.getPrivate()),
                        new X509CertificateHolder[] {new JcaX509CertificateHolder(OcspScene.RESPONDER)})
                .getEncoded();

        assertThat(OcspRequest.read(signed))
                .isEqualTo(new OcspRequest(List.of(OcspScene.SHA1), Optional.of(OcspScene.NONCE)));
    }

    @ParameterizedTest
    @MethodSource
    void everythingElseIsMalformed(byte[] der, String message) {
        assertThatThrownBy(() -> OcspRequest.read(der))
                .isInstanceOf(MalformedException.class)
                .hasMessage(message);
    }

    static Stream<Arguments> everythingElseIsMalformed() {
        String structure = "OCSPRequest: is DER but not the structure of RFC 6960 section 4.1.1";
        ASN1Encodable question = new DERSequence(CERT_ID);
        ASN1Encodable one = new DERSequence(question);
        ASN1Encodable many = new DERSequence(
                Collections.nCopies(OcspRequest.MOST + 1, question).toArray(new ASN1Encodable[0]));
        var critical = new Extensions(new Extension(SOME_TYPE, true, new byte[] {5, 0}));
        return Stream.of(
                arguments(new byte[0], "OCSPRequest: is empty"),
                arguments(new byte[8193], "OCSPRequest: has 8193 bytes, at most 8192 are accepted"),
                arguments(StrictDer.encode(DERNull.INSTANCE), "OCSPRequest: is not an ASN.1 SEQUENCE"),
                arguments(StrictDer.encode(new DERSequence()), structure),
                arguments(request(), structure),
                arguments(request(new DERSequence()), "requestList: names 0 certificates; ask about 1 to 20 at a time"),
                arguments(request(many), "requestList: names 21 certificates; ask about 1 to 20 at a time"),
                arguments(
                        request(new DERTaggedObject(0, new ASN1Integer(0)), one),
                        "OCSPRequest: names its version; there is only 1, which DER leaves out"),
                arguments(
                        request(new DERTaggedObject(0, new ASN1Integer(1)), one),
                        "OCSPRequest: names its version; there is only 1, which DER leaves out"),
                arguments(request(new DERTaggedObject(1, new DERUTF8String("me")), one), structure),
                arguments(
                        request(one, new DERTaggedObject(2, new DERSequence())),
                        "requestExtensions: is empty; leave it out (RFC 5280 section 4.1)"),
                arguments(
                        request(one, new DERTaggedObject(2, critical)),
                        "requestExtensions: holds the critical extension 1.2.3, which is unknown here; leave it out"),
                arguments(
                        request(
                                one,
                                new DERTaggedObject(
                                        2,
                                        new Extensions(new Extension(
                                                OCSPObjectIdentifiers.id_pkix_ocsp_nonce, false, new byte[] {5, 0})))),
                        "nonce: is not an OCTET STRING (RFC 9654 section 2.1)"),
                arguments(request(one, new DERTaggedObject(3, critical)), structure),
                arguments(
                        request(one, new DERTaggedObject(2, new Extensions(nonce(1))), DERNull.INSTANCE),
                        "OCSPRequest: holds parts that RFC 6960 section 4.1.1 does not know"),
                arguments(
                        request(new DERSequence(
                                new DERSequence(new ASN1Encodable[] {CERT_ID, new DERTaggedObject(0, critical)}))),
                        "singleRequestExtensions: holds the critical extension 1.2.3, which is unknown here;"
                                + " leave it out"),
                arguments(request(new DERSequence(new DERSequence(new DERSequence(CERT_ID)))), structure),
                arguments(
                        StrictDer.encode(new DERSequence(
                                new ASN1Encodable[] {new DERSequence(one), new DERTaggedObject(0, DERNull.INSTANCE)})),
                        structure),
                arguments(
                        StrictDer.encode(new DERSequence(new ASN1Encodable[] {new DERSequence(one), DERNull.INSTANCE})),
                        structure));
    }

    @Test
    void trailingBytesAndBerAreMalformed() {
        byte[] good = TWO.encode();
        byte[] longer = Arrays.copyOf(good, good.length + 1);

        assertThatThrownBy(() -> OcspRequest.read(longer))
                .hasMessage("OCSPRequest: 1 bytes follow its end; send it alone");
        assertThatThrownBy(() -> OcspRequest.read(new byte[] {0x30, (byte) 0x80, 0, 0}))
                .hasMessage("OCSPRequest: has an indefinite or oversized length at offset 1; encode it as DER");
    }

    private static byte[] request(ASN1Encodable... tbsParts) {
        return StrictDer.encode(new DERSequence(new DERSequence(tbsParts)));
    }

    private static byte[] request(Extension extension) {
        return request(new DERSequence(new DERSequence(CERT_ID)), new DERTaggedObject(2, new Extensions(extension)));
    }

    private static Extension nonce(int length) {
        return new Extension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce, false, nonceValue(length));
    }

    private static byte[] nonceValue(int length) {
        byte[] octets = new byte[length];
        Arrays.fill(octets, (byte) 0x5a);
        return StrictDer.encode(new DEROctetString(octets));
    }

    private static CertificateID theirs(HashAlgorithm hash, BigInteger serialNumber) throws Exception {
        DigestCalculatorProvider digests = new JcaDigestCalculatorProviderBuilder().build();
        var algorithm = AlgorithmIdentifier.getInstance(hash.identifier().bytes());
        return new CertificateID(
                digests.get(algorithm), new JcaX509CertificateHolder(OcspScene.ISSUER.certificate()), serialNumber);
    }

    private static Der der(ASN1Encodable value) {
        return Der.of(StrictDer.encode(value));
    }
}
