package dev.evenroll.pki.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.Failure;
import dev.evenroll.pki.asn1.X509Time;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.fixture.Fixture;
import dev.evenroll.pki.fixture.TbsForge;
import java.math.BigInteger;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TbsLinterTest {
    private static final TbsForge GOOD = TbsForge.certificate(Fixture.prepared().tbsCertificate());
    private static final Instant NOW = Fixture.NOW;

    @Test
    void passesWhatIsPrepared() {
        assertThat(lint(GOOD.der())).isEmpty();
        assertThat(lint(Fixture.prepared().tbsCertificate())).isEmpty();
    }

    @Test
    void refusesWhatEndsBeforeItBegins() {
        assertThat(lint(validity(time(NOW), time(NOW)).der()))
                .containsExactly(
                        new Failure(
                                "validity",
                                "notAfter: 2026-11-22T10:00:00Z does not lie after notBefore 2026-11-22T10:00:00Z"),
                        new Failure("validity", "notAfter: 2026-11-22T10:00:00Z has passed; enroll again"),
                        new Failure(
                                "jitter",
                                "notAfter: 2026-11-22T10:00:00Z lies before 2027-11-22T09:59:59Z, the earliest end that"
                                        + " the validity PT8760H and the jitter PT0S of the profile give"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource({"fields", "validities", "subjects"})
    void refuses(String rule, String message, TbsForge forged) {
        assertThat(lint(forged.der())).containsExactly(new Failure(rule, message));
    }

    static Stream<Arguments> fields() {
        return Stream.of(
                arguments("serial-number", "serialNumber: must be positive", serial(BigInteger.TEN.negate())),
                arguments("serial-number", "serialNumber: must be positive", serial(BigInteger.ZERO)),
                arguments(
                        "serial-number", "serialNumber: must have at most 20 octets", serial(BigInteger.TWO.pow(159))),
                arguments(
                        "serial-number",
                        "serialNumber: is too short to hold 64 random bits; draw it from a secure random generator",
                        serial(BigInteger.valueOf(NOW.toEpochMilli()))),
                arguments(
                        "signature-algorithm",
                        "signature: is not the algorithm of the CA key, SHA256withECDSA",
                        GOOD.with(TbsForge.SIGNATURE, new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA1))),
                arguments(
                        "issuer-name",
                        "issuer: is not the subject name of the CA, byte for byte",
                        GOOD.with(TbsForge.ISSUER, name(BCStyle.CN, new DERPrintableString("Test Issuing CA")))),
                arguments(
                        "unique-identifier",
                        "issuerUniqueID, subjectUniqueID: must be absent",
                        GOOD.insert(7, new DERTaggedObject(false, 1, new DERBitString(new byte[] {1})))),
                arguments(
                        "tbs-certificate",
                        "tbsCertificate: is DER but not a TBSCertificate (RFC 5280 section 4.1)",
                        GOOD.without(TbsForge.SUBJECT)));
    }

    static Stream<Arguments> validities() {
        return Stream.of(
                arguments(
                        "validity",
                        "notBefore: 2026-11-22T10:00:01Z lies in the future",
                        validity(time(NOW.plusSeconds(1)), time(NOW.plus(Duration.ofDays(365))))),
                arguments(
                        "validity",
                        "notAfter: 2027-11-22T10:00:00Z gives a validity longer than the PT8760H of the profile",
                        validity(time(NOW), time(NOW.plus(Duration.ofDays(365))))),
                arguments(
                        "validity",
                        "notAfter: lies before 2050 and must be UTCTime (RFC 5280 section 4.1.2.5)",
                        validity(time(NOW), new ASN1GeneralizedTime("20261123100000Z"))));
    }

    static Stream<Arguments> subjects() {
        return Stream.of(
                arguments(
                        "subject", "subject: must have exactly one common name", subject(name(BCStyle.O, utf8("Op")))),
                arguments(
                        "subject",
                        "subject: must have exactly one common name",
                        subject(name(BCStyle.O, utf8("Op"), BCStyle.CN, utf8("a"), BCStyle.CN, utf8("b")))),
                arguments(
                        "subject",
                        "subject: the common name is no device id: is shaped like an IP address; give the serial number of the device",
                        subject(name(BCStyle.O, utf8("Op"), BCStyle.CN, utf8("10.0.0.1")))),
                arguments(
                        "subject",
                        "subject: must have at most one organization",
                        subject(name(BCStyle.O, utf8("b"), BCStyle.O, utf8("c"), BCStyle.CN, utf8("a")))),
                arguments(
                        "subject",
                        "subject: C does not belong into it",
                        subject(name(BCStyle.O, utf8("Op"), BCStyle.CN, utf8("a"), BCStyle.C, utf8("NL")))),
                arguments(
                        "subject",
                        "subject: each attribute must stand alone, as UTF8String, DC as IA5String",
                        subject(name(BCStyle.O, utf8("Op"), BCStyle.CN, new DERPrintableString("CP-0001")))),
                arguments(
                        "subject",
                        "subject: each attribute must stand alone, as UTF8String, DC as IA5String",
                        subject(new X500NameBuilder()
                                .addMultiValuedRDN(
                                        new ASN1ObjectIdentifier[] {BCStyle.O, BCStyle.CN},
                                        new ASN1Encodable[] {utf8("Op"), utf8("CP-0001")})
                                .build())));
    }

    @Test
    void refusesWeakKeysEvenIfNobodyAskedBefore() {
        assertThat(lint(key(Keys.generateRsa(1024).getPublic()).der()))
                .contains(
                        new Failure(
                                "public-key",
                                "subjectPublicKeyInfo: RSA of 1024 bits is not accepted; make a key of 2048 to 4096 bits, or one on P-256"));
        assertThat(lint(key(Fixture.CA.certificate().getPublicKey()).der()))
                .contains(new Failure("public-key", "subjectPublicKeyInfo: is the key of the CA itself"));
    }

    @Test
    void refusesToSignWithAnExpiredCa() {
        Instant late = Fixture.CA.issuingCertificate().notAfter().plusSeconds(1);

        assertThat(TbsLinter.lint(GOOD.der(), Fixture.CA.issuingCertificate(), Fixture.PROFILE, late))
                .contains(new Failure("validity", "issuer: the CA certificate is not valid now; renew the CA"));
    }

    /// Prepared long ago, and signed late: when the CA had no key for a while, for example.
    @Test
    void refusesWhatIsOverBeforeItIsSigned() {
        Instant end = Fixture.prepared().notAfter();

        assertThat(TbsLinter.lint(GOOD.der(), Fixture.CA.issuingCertificate(), Fixture.PROFILE, end.minusSeconds(1)))
                .isEmpty();
        assertThat(TbsLinter.lint(GOOD.der(), Fixture.CA.issuingCertificate(), Fixture.PROFILE, end))
                .containsExactly(new Failure("validity", "notAfter: 2027-11-22T09:54:59Z has passed; enroll again"));
    }

    @Test
    void nothingOutlivesItsCa() {
        Instant end = Fixture.CA.issuingCertificate().notAfter();
        Instant late = end.plusSeconds(2).minus(Duration.ofDays(365));
        Der tbs = validity(time(late), time(end.plusSeconds(1))).der();

        assertThat(TbsLinter.lint(tbs, Fixture.CA.issuingCertificate(), Fixture.PROFILE, late))
                .containsExactly(new Failure(
                        "validity", "notAfter: " + end.plusSeconds(1) + " lies after the end of the CA, " + end));
    }

    @Test
    void nothingBeginsBeforeItsCa() {
        Instant begin = Fixture.CA.issuingCertificate().notBefore();
        Instant early = begin.minusSeconds(1);

        assertThat(lint(validity(
                                time(early),
                                time(early.plus(Duration.ofDays(365)).minusSeconds(1)))
                        .der()))
                .containsExactly(new Failure(
                        "validity", "notBefore: " + early + " lies before the beginning of the CA, " + begin));
    }

    private static List<Failure> lint(Der tbs) {
        return TbsLinter.lint(tbs, Fixture.CA.issuingCertificate(), Fixture.PROFILE, NOW);
    }

    private static TbsForge serial(BigInteger value) {
        return GOOD.with(TbsForge.SERIAL_NUMBER, new ASN1Integer(value));
    }

    private static TbsForge subject(X500Name name) {
        return GOOD.with(TbsForge.SUBJECT, name);
    }

    private static TbsForge key(PublicKey key) {
        return GOOD.with(TbsForge.PUBLIC_KEY, SubjectPublicKeyInfo.getInstance(key.getEncoded()));
    }

    private static TbsForge validity(ASN1Encodable notBefore, ASN1Encodable notAfter) {
        return GOOD.with(TbsForge.VALIDITY, new DERSequence(new ASN1Encodable[] {notBefore, notAfter}));
    }

    private static ASN1Encodable time(Instant instant) {
        return X509Time.encode(instant);
    }

    private static DERUTF8String utf8(String text) {
        return new DERUTF8String(text);
    }

    private static X500Name name(Object... typesAndValues) {
        var name = new X500NameBuilder();
        for (int i = 0; i < typesAndValues.length; i += 2) {
            name.addRDN((ASN1ObjectIdentifier) typesAndValues[i], (ASN1Encodable) typesAndValues[i + 1]);
        }
        return name.build();
    }
}
