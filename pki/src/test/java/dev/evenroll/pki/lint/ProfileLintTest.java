package dev.evenroll.pki.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.Failure;
import dev.evenroll.pki.asn1.X509Time;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.fixture.Fixture;
import dev.evenroll.pki.fixture.ProfileDraft;
import dev.evenroll.pki.fixture.TbsForge;
import dev.evenroll.pki.identity.Environment;
import dev.evenroll.pki.issuance.CertificatePreparation;
import dev.evenroll.pki.issuance.PreparedCertificate;
import dev.evenroll.pki.issuance.SerialNumber;
import dev.evenroll.pki.profile.Assurance;
import dev.evenroll.pki.profile.KeyKind;
import dev.evenroll.pki.profile.Profile;
import dev.evenroll.pki.profile.Subject;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.PolicyInformation;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What the profile decides: each part of it is checked in the bytes, by a rule that says what should stand there.
class ProfileLintTest {
    /// One profile with everything.
    private static final Profile SERVER = Profile.validate(new ProfileDraft()
                    .named("server")
                    .subject("fqdn", "owner", "CPO", "v2")
                    .keys("secp256r1", "ed448")
                    .life("P90D", "PT5M", "P7D")
                    .addresses(
                            "http://crl.example/{issuer}-{shard}.crl",
                            16,
                            "http://ca.example/{issuer}.cer",
                            "http://ocsp.example/")
                    .policies(
                            Map.of("test", "2.999.1.1", "production", "2.999.1.3"),
                            Map.of("softwareKey", "2.999.2.1", "attestedKey", "2.999.2.2"))
                    .config())
            .in(new Environment("test"));
    private static final Profile RESPONDER = Profile.validate(new ProfileDraft()
            .named("responder")
            .purposes("ocspSigning")
            .life("P7D", "PT5M", "PT0S")
            .addresses(null, 1, null, null)
            .ocspNocheck()
            .config());

    private static final String ISSUER = Fixture.CA.issuingCertificate().keyId();
    private static final PreparedCertificate PREPARED =
            prepare(SERVER, "csms.example.com", Fixture.SERIAL_NUMBER, KeyKind.P_256);
    private static final TbsForge GOOD = TbsForge.certificate(PREPARED.tbsCertificate());
    private static final TbsForge GOOD_RESPONDER = TbsForge.certificate(
            prepare(RESPONDER, "ocsp-1", Fixture.SERIAL_NUMBER, KeyKind.P_256).tbsCertificate());

    private static PreparedCertificate prepare(
            Profile profile, String commonName, SerialNumber serialNumber, KeyKind key) {
        return CertificatePreparation.prepare(
                Fixture.CA.issuingCertificate(),
                profile,
                Subject.of(commonName, "Example Charging"),
                Fixture.spki(Keys.generate(key).getPublic()),
                serialNumber,
                Fixture.NOW);
    }

    @Test
    void passesWhatIsPrepared() {
        assertThat(lint(GOOD, SERVER)).isEmpty();
        assertThat(lint(GOOD_RESPONDER, RESPONDER)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "RSA") // slow to make
    void onlyKeysOfTheProfile(KeyKind kind) {
        var profile = Profile.validate(
                new ProfileDraft().keys(kind.text()).experimental().config());
        var other = Profile.validate(
                new ProfileDraft().keys("rsa", "ml-dsa-65").experimental().config());
        var tbs = prepare(profile, "CP-1", Fixture.SERIAL_NUMBER, kind).tbsCertificate();
        assertThat(lint(tbs, profile)).isEmpty();
        if (kind != KeyKind.ML_DSA_65) {
            assertThat(lint(tbs, other))
                    .containsExactly(new Failure(
                            "profile-key",
                            "subjectPublicKeyInfo: " + kind.text()
                                    + " is no key of the profile draft; make one of rsa, ml-dsa-65"));
        }
    }

    @Test
    void theSameCertificateIsRefusedForAnotherAssuranceOrEnvironment() {
        assertThat(lint(GOOD, SERVER.assuring(Assurance.ATTESTED_KEY)))
                .containsExactly(new Failure(
                        "certificate-policies",
                        "certificatePolicies: must be 2.999.1.1 and 2.999.2.2, as the profile says for this environment"
                                + " and key"));
        assertThat(lint(GOOD, SERVER.in(new Environment("production"))))
                .extracting(Failure::rule)
                .containsExactly("certificate-policies");
        var attested = SERVER.assuring(Assurance.ATTESTED_KEY);
        var tbs = prepare(attested, "csms.example.com", Fixture.SERIAL_NUMBER, KeyKind.P_256)
                .tbsCertificate();
        assertThat(lint(tbs, attested)).isEmpty();
        assertThat(lint(tbs, SERVER)).extracting(Failure::rule).containsExactly("certificate-policies");
    }

    @Test
    void jitterSpreadsTheEndOverItsRangeAndNoFurther() {
        Instant latest = PREPARED.notBefore().plus(Duration.ofDays(90)).minusSeconds(1);
        Instant earliest = latest.minus(Duration.ofDays(7));
        var random = new SecureRandom();
        var ends = Stream.generate(() -> prepare(SERVER, "a.example", SerialNumber.random(random), KeyKind.ED448))
                .limit(300)
                .map(PreparedCertificate::notAfter)
                .toList();
        assertThat(ends).allMatch(end -> !end.isBefore(earliest) && !end.isAfter(latest));
        // A seventh each day: none of these fails once in a million runs.
        assertThat(ends).anyMatch(end -> end.isBefore(earliest.plus(Duration.ofDays(1))));
        assertThat(ends).anyMatch(end -> end.isAfter(latest.minus(Duration.ofDays(1))));
        assertThat(prepare(SERVER, "a.example", Fixture.SERIAL_NUMBER, KeyKind.ED448)
                        .notAfter())
                .isEqualTo(PREPARED.notAfter());
    }

    @Test
    void aCertificateMayEndEarlierWithItsCa() {
        Instant end = Fixture.CA.issuingCertificate().notAfter();
        Instant late = end.minus(Duration.ofDays(10));
        var tbs = validity(late, end).der();
        assertThat(TbsLinter.lint(tbs, Fixture.CA.issuingCertificate(), SERVER, late))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource
    void refuses(String rule, String message, TbsForge forged) {
        assertThat(lint(forged, SERVER)).contains(new Failure(rule, message));
    }

    static Stream<Arguments> refuses() {
        Instant notBefore = PREPARED.notBefore();
        Instant latest = notBefore.plus(Duration.ofDays(90)).minusSeconds(1);
        return Stream.of(
                arguments(
                        "jitter",
                        "notAfter: 2027-02-13T09:54:58Z lies before 2027-02-13T09:54:59Z, the earliest end that the"
                                + " validity PT2160H and the jitter PT168H of the profile give",
                        validity(notBefore, latest.minus(Duration.ofDays(7)).minusSeconds(1))),
                arguments(
                        "validity",
                        "notAfter: 2027-02-20T09:55:00Z gives a validity longer than the PT2160H of the profile",
                        validity(notBefore, latest.plusSeconds(1))),
                arguments(
                        "profile-subject",
                        "subject: must have the DC CPO, v2, as the profile says",
                        subject(BCStyle.DC, "CPO", BCStyle.O, "Op", BCStyle.CN, "csms.example.com")),
                arguments(
                        "profile-subject",
                        "subject: must have an organization, as the profile says",
                        subject(BCStyle.DC, "CPO", BCStyle.DC, "v2", BCStyle.CN, "csms.example.com")),
                arguments(
                        "profile-subject",
                        "subject: must be in the order DC, O, CN",
                        subject(BCStyle.DC, "CPO", BCStyle.O, "Op", BCStyle.DC, "v2", BCStyle.CN, "csms.example.com")),
                arguments(
                        "profile-subject",
                        "subject: the common name is not a fully qualified host name without a wildcard, like"
                                + " csms.example.com",
                        subject(BCStyle.DC, "CPO", BCStyle.DC, "v2", BCStyle.O, "Op", BCStyle.CN, "CP-1")),
                arguments(
                        "subject",
                        "subject: each attribute must stand alone, as UTF8String, DC as IA5String",
                        GOOD.with(
                                TbsForge.SUBJECT,
                                new X500NameBuilder()
                                        .addRDN(BCStyle.DC, new DERUTF8String("CPO"))
                                        .build())),
                san(null),
                san(new GeneralNames(new GeneralName(GeneralName.dNSName, "other.example.com"))),
                san(new GeneralNames(new GeneralName(GeneralName.rfc822Name, "csms.example.com"))),
                san(new GeneralNames(new GeneralName[] {
                    new GeneralName(GeneralName.dNSName, "csms.example.com"),
                    new GeneralName(GeneralName.dNSName, "*.example.com")
                })),
                policies(null),
                policies(new CertificatePolicies(new PolicyInformation(new ASN1ObjectIdentifier("2.999.1.1")))),
                policies(new CertificatePolicies(new PolicyInformation[] {
                    new PolicyInformation(new ASN1ObjectIdentifier("2.999.2.1")),
                    new PolicyInformation(new ASN1ObjectIdentifier("2.999.1.1"))
                })),
                arguments(
                        "crl-distribution-point",
                        "cRLDistributionPoints: must be http://crl.example/" + ISSUER + "-0.crl, as the profile says",
                        GOOD.with(
                                TbsForge.SERIAL_NUMBER,
                                new ASN1Integer(Fixture.SERIAL_NUMBER.value().add(BigInteger.ONE)))),
                access(null),
                access(new AuthorityInformationAccess(
                        AccessDescription.id_ad_ocsp,
                        new GeneralName(GeneralName.uniformResourceIdentifier, "http://ocsp.example/"))));
    }

    private static Arguments san(@Nullable ASN1Encodable value) {
        return arguments(
                "subject-alternative-name",
                "subjectAltName: must be the common name as the one dNSName, and not critical",
                with(Extension.subjectAlternativeName, value));
    }

    private static Arguments policies(@Nullable ASN1Encodable value) {
        return arguments(
                "certificate-policies",
                "certificatePolicies: must be 2.999.1.1 and 2.999.2.1, as the profile says for this environment and key",
                with(Extension.certificatePolicies, value));
    }

    private static Arguments access(@Nullable ASN1Encodable value) {
        return arguments(
                "authority-information-access",
                "authorityInfoAccess: must be ocsp http://ocsp.example/ and caIssuers http://ca.example/" + ISSUER
                        + ".cer, as the profile says",
                with(Extension.authorityInfoAccess, value));
    }

    private static TbsForge with(ASN1ObjectIdentifier type, @Nullable ASN1Encodable value) {
        return value == null ? GOOD.without(type) : GOOD.with(type, false, value);
    }

    @ParameterizedTest
    @MethodSource
    void aResponderSaysNocheckAndNothingElse(TbsForge forged) {
        assertThat(lint(forged, RESPONDER))
                .containsExactly(new Failure(
                        "ocsp-nocheck",
                        "id-pkix-ocsp-nocheck: must be present, NULL and not critical, as the profile says"));
    }

    static Stream<TbsForge> aResponderSaysNocheckAndNothingElse() {
        var type = OCSPObjectIdentifiers.id_pkix_ocsp_nocheck;
        return Stream.of(
                GOOD_RESPONDER.without(type),
                GOOD_RESPONDER.with(type, true, DERNull.INSTANCE),
                GOOD_RESPONDER.with(type, false, new DEROctetString(new byte[0])));
    }

    /// Each extension made critical or plain, and each gone.
    @Test
    void everyExtensionIsThereAndAsCriticalAsItShouldBe() {
        for (var profile : List.of(SERVER, RESPONDER)) {
            var forge = profile.ocspNocheck() ? GOOD_RESPONDER : GOOD;
            for (var type : types(forge)) {
                var extension = extension(forge, type);
                assertThat(lint(
                                forge.with(new Extension(type, !extension.isCritical(), extension.getExtnValue())),
                                profile))
                        .as("%s %s", profile, type)
                        .isNotEmpty();
                assertThat(lint(forge.without(type), profile))
                        .as("%s without %s", profile, type)
                        .isNotEmpty();
            }
        }
    }

    private static List<ASN1ObjectIdentifier> types(TbsForge forge) {
        return List.of(extensions(forge).getExtensionOIDs());
    }

    private static Extension extension(TbsForge forge, ASN1ObjectIdentifier type) {
        return extensions(forge).getExtension(type);
    }

    private static Extensions extensions(TbsForge forge) {
        return TBSCertificate.getInstance(forge.der().bytes()).getExtensions();
    }

    private static TbsForge validity(Instant notBefore, Instant notAfter) {
        return GOOD.with(
                TbsForge.VALIDITY,
                new DERSequence(new ASN1Encodable[] {X509Time.encode(notBefore), X509Time.encode(notAfter)}));
    }

    private static TbsForge subject(Object... typesAndTexts) {
        var name = new X500NameBuilder();
        for (int i = 0; i < typesAndTexts.length; i += 2) {
            var type = (ASN1ObjectIdentifier) typesAndTexts[i];
            var text = (String) typesAndTexts[i + 1];
            name.addRDN(type, type.equals(BCStyle.DC) ? new DERIA5String(text) : new DERUTF8String(text));
        }
        X500Name built = name.build();
        return GOOD.with(TbsForge.SUBJECT, built);
    }

    private static List<Failure> lint(TbsForge forge, Profile profile) {
        return lint(forge.der(), profile);
    }

    private static List<Failure> lint(Der tbs, Profile profile) {
        return TbsLinter.lint(tbs, Fixture.CA.issuingCertificate(), profile, Fixture.NOW);
    }
}
