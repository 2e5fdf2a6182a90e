package dev.evenroll.pki.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.Failure;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.fixture.Fixture;
import dev.evenroll.pki.fixture.ProfileDraft;
import dev.evenroll.pki.fixture.TbsForge;
import dev.evenroll.pki.issuance.CertificatePreparation;
import dev.evenroll.pki.profile.Profile;
import dev.evenroll.pki.profile.Subject;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TbsLinterExtensionsTest {
    private static final TbsForge GOOD = TbsForge.certificate(Fixture.prepared().tbsCertificate());
    private static final Instant NOW = Fixture.NOW;

    @Test
    void passesEveryPartOfAProfile() {
        Profile profile = Profile.validate(new ProfileDraft()
                .named("all")
                .subject("serialNumber", "none")
                .keyUsages("digitalSignature", "nonRepudiation")
                .purposes("clientAuth", "serverAuth")
                .addresses("http://crl.example/a.crl", 1, "http://ca.example/a.cer", null)
                .config());
        Der tbs = CertificatePreparation.prepare(
                        Fixture.CA.issuingCertificate(),
                        profile,
                        Subject.of("CP-0001"),
                        Fixture.spki(Keys.generateEd25519().getPublic()),
                        Fixture.SERIAL_NUMBER,
                        NOW)
                .tbsCertificate();

        assertThat(TbsLinter.lint(tbs, Fixture.CA.issuingCertificate(), profile, NOW))
                .isEmpty();
        assertThat(lint(tbs))
                .extracting(Failure::message)
                .containsExactly(
                        "notAfter: 2027-02-20T09:54:59Z lies before 2027-11-22T09:54:59Z, the earliest end that the"
                                + " validity PT8760H and the jitter PT0S of the profile give",
                        "subject: must have an organization, as the profile says",
                        "keyUsage: is not that of the profile charging-station",
                        "extendedKeyUsage: is not that of the profile charging-station",
                        "cRLDistributionPoints: must be http://crl.example/test.crl, as the profile says",
                        "authorityInfoAccess: must be absent, as the profile says");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("extensions")
    void refuses(String rule, String message, TbsForge forged) {
        assertThat(lint(forged.der())).containsExactly(new Failure(rule, message));
    }

    static Stream<Arguments> extensions() {
        byte[] someKeyId = new byte[20];
        return Stream.of(
                arguments(
                        "basic-constraints",
                        "basicConstraints: must be present and critical",
                        GOOD.without(Extension.basicConstraints)),
                arguments(
                        "basic-constraints",
                        "basicConstraints: must be present and critical",
                        GOOD.with(Extension.basicConstraints, false, new BasicConstraints(false))),
                arguments(
                        "basic-constraints",
                        "basicConstraints: must be CA:FALSE without a path length; a device is no CA",
                        GOOD.with(Extension.basicConstraints, true, new BasicConstraints(true))),
                arguments(
                        "basic-constraints",
                        "basicConstraints: must be CA:FALSE without a path length; a device is no CA",
                        GOOD.with(Extension.basicConstraints, true, new ASN1Integer(1))),
                arguments(
                        "key-usage",
                        "key-usage: is not of the type that RFC 5280 section 4 prescribes",
                        GOOD.with(Extension.keyUsage, true, new ASN1Integer(1))),
                arguments(
                        "key-usage",
                        "extension 2.5.29.15: is BER but not DER; encode it canonically (X.690 section 10)",
                        GOOD.with(new Extension(Extension.keyUsage, true, new byte[] {3, 2, 7, (byte) 0xff}))),
                arguments("key-usage", "keyUsage: must be present and critical", GOOD.without(Extension.keyUsage)),
                arguments(
                        "key-usage",
                        "keyUsage: is not that of the profile charging-station",
                        GOOD.with(
                                Extension.keyUsage,
                                true,
                                new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyCertSign))),
                arguments(
                        "extended-key-usage",
                        "extendedKeyUsage: is not that of the profile charging-station",
                        GOOD.with(
                                Extension.extendedKeyUsage,
                                false,
                                new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth))),
                arguments(
                        "subject-alternative-name",
                        "subjectAltName: must be absent; a device is known by its common name",
                        GOOD.with(
                                Extension.subjectAlternativeName,
                                false,
                                new GeneralNames(new GeneralName(GeneralName.dNSName, "cp.example")))),
                arguments(
                        "subject-key-identifier",
                        "subjectKeyIdentifier: must be present and not critical",
                        GOOD.without(Extension.subjectKeyIdentifier)),
                arguments(
                        "subject-key-identifier",
                        "subjectKeyIdentifier: is not that of the key (RFC 7093 section 2, method 1)",
                        GOOD.with(Extension.subjectKeyIdentifier, false, new DEROctetString(someKeyId))),
                arguments(
                        "authority-key-identifier",
                        "authorityKeyIdentifier: must be present and not critical",
                        GOOD.without(Extension.authorityKeyIdentifier)),
                arguments(
                        "authority-key-identifier",
                        "authorityKeyIdentifier: must be the key identifier of the CA, and nothing else",
                        GOOD.with(Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(someKeyId))),
                arguments(
                        "crl-distribution-point",
                        "cRLDistributionPoints: must be http://crl.example/test.crl, as the profile says",
                        GOOD.without(Extension.cRLDistributionPoints)),
                arguments(
                        "certificate-policies",
                        "certificatePolicies: must be absent, as the profile says for this environment and key",
                        GOOD.with(Extension.certificatePolicies, false, new DERSequence(DERNull.INSTANCE))),
                arguments(
                        "ocsp-nocheck",
                        "id-pkix-ocsp-nocheck: must be absent, as the profile says",
                        GOOD.with(OCSPObjectIdentifiers.id_pkix_ocsp_nocheck, false, DERNull.INSTANCE)),
                arguments(
                        "extensions",
                        "extensions: 2.5.29.30 does not belong into a certificate of a device",
                        GOOD.with(Extension.nameConstraints, false, new DERSequence(DERNull.INSTANCE))));
    }

    @Test
    void refusesACertificateWithoutExtensions() {
        assertThat(lint(GOOD.without(7).without(TbsForge.VERSION).der()))
                .contains(
                        new Failure("version", "version: must be 3"),
                        new Failure("extensions", "extensions: are missing"),
                        new Failure("basic-constraints", "basicConstraints: must be present and critical"));
    }

    /// Whoever reads the certificate may take either.
    @Test
    void refusesWhatIsSaidTwice() {
        var name = new DERTaggedObject(
                true,
                0,
                new DERTaggedObject(false, 0, new DERSequence(new GeneralName(6, "http://crl.example/test.crl"))));
        var pointWithTwoNames = new DERSequence(new DERSequence(new ASN1Encodable[] {name, name}));

        assertThat(lint(GOOD.twice(Extension.authorityKeyIdentifier).der()))
                .containsExactly(new Failure(
                        "tbs-certificate", "tbsCertificate: is DER but not a TBSCertificate (RFC 5280 section 4.1)"));
        assertThat(lint(GOOD.insert(7, GOOD.parts().getLast()).der()))
                .containsExactly(new Failure(
                        "tbs-certificate",
                        "tbsCertificate: holds parts twice, or defaults that DER leaves out (X.690 section 11.5)"));
        assertThat(lint(GOOD.with(Extension.cRLDistributionPoints, false, pointWithTwoNames)
                        .der()))
                .containsExactly(new Failure(
                        "crl-distribution-point",
                        "cRLDistributionPoints: must be http://crl.example/test.crl, as the profile says"));
    }

    private static List<Failure> lint(Der tbs) {
        return TbsLinter.lint(tbs, Fixture.CA.issuingCertificate(), Fixture.PROFILE, NOW);
    }
}
