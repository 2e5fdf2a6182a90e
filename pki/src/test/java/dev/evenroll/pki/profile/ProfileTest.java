package dev.evenroll.pki.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.fixture.ProfileDraft;
import dev.evenroll.pki.identity.Environment;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ProfileTest {
    @Test
    void chargingStations() {
        Profile profile = Profile.chargingStation(URI.create("http://crl.example/a.crl"));

        assertThat(profile.name()).isEqualTo("charging-station");
        assertThat(profile.validity()).isEqualTo(Duration.ofDays(365));
        assertThat(profile.backdate()).isEqualTo(Duration.ofMinutes(5));
        assertThat(profile.jitter()).isZero();
        assertThat(profile.keyUsages()).containsExactly(KeyUsage.DIGITAL_SIGNATURE);
        assertThat(profile.extendedKeyUsages()).isEmpty();
        assertThat(profile.crlDistributionPoint("ab12", BigInteger.TEN)).contains("http://crl.example/a.crl");
        assertThat(profile.caIssuers("ab12")).isEmpty();
        assertThat(profile.ocsp("ab12")).isEmpty();
        assertThat(profile.certificatePolicies()).isEmpty();
        assertThat(profile.mlDsa()).isFalse();
        assertThat(profile.experimental()).isFalse();
    }

    @Test
    void purposesByNameOrObjectIdentifier() {
        var profile = Profile.validate(new ProfileDraft()
                .purposes("clientAuth", "1.2.3")
                .keys("ml-dsa-65", "secp256r1")
                .experimental()
                .config());

        assertThat(profile.extendedKeyUsages()).containsExactly("1.3.6.1.5.5.7.3.2", "1.2.3");
        assertThat(profile.mlDsa()).isTrue();
        assertThat(profile.experimental()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "serialNumber, '',              false",
        "serialNumber, clientAuth,      false",
        "fqdn,         clientAuth,      false",
        "serialNumber, cmcRA,           true",
        "serialNumber, serverAuth,      true",
        "serialNumber, 1.2.3,           true",
        "fqdn,         '',              true",
    })
    void whoeverCanSpeakForOthersNeedsAnApprover(String commonName, String purpose, boolean approver) {
        var draft = new ProfileDraft()
                .subject(commonName, "owner")
                .purposes(purpose.isEmpty() ? new String[0] : new String[] {purpose});
        assertThat(Profile.validate(draft.config()).assignedBy())
                .isEqualTo(approver ? EnumSet.allOf(Assigner.class) : EnumSet.of(Assigner.REGISTRAR));
        assertThat(Profile.validate(draft.assignedBy("registrar").config())
                        .in(new Environment("test"))
                        .assignedBy())
                .as("what is written counts")
                .containsExactly(Assigner.REGISTRAR);
    }

    @Test
    void addressesAreFilledIn() {
        var profile = Profile.validate(new ProfileDraft()
                .addresses(
                        "http://crl.example/{issuer}-{shard}.crl",
                        8,
                        "http://ca.example/{issuer}.cer",
                        "http://ocsp.example/")
                .config());

        assertThat(profile.crlDistributionPoint("ab12", BigInteger.valueOf(21)))
                .contains("http://crl.example/ab12-5.crl");
        assertThat(profile.caIssuers("ab12")).contains("http://ca.example/ab12.cer");
        assertThat(profile.ocsp("ab12")).contains("http://ocsp.example/");
    }

    @Test
    void policiesAreThoseOfTheEnvironmentAndTheKey() {
        var profile = Profile.validate(new ProfileDraft()
                .policies(
                        Map.of("test", "2.999.1.1", "production", "2.999.1.3"),
                        Map.of("softwareKey", "2.999.2.1", "attestedKey", "2.999.2.2"))
                .config());

        assertThat(profile.certificatePolicies()).containsExactly("2.999.2.1");
        var production = profile.in(new Environment("production"));
        assertThat(production.certificatePolicies()).containsExactly("2.999.1.3", "2.999.2.1");
        assertThat(production.assuring(Assurance.ATTESTED_KEY).certificatePolicies())
                .containsExactly("2.999.1.3", "2.999.2.2");
        assertThat(production
                        .assuring(Assurance.ATTESTED_KEY)
                        .in(new Environment("test"))
                        .certificatePolicies())
                .containsExactly("2.999.1.1", "2.999.2.2");
        assertThatThrownBy(() -> profile.in(new Environment("staging")))
                .hasMessage("profile \"draft\" can not be used: policies: has production, test and not the environment"
                        + " staging; give it a policy too, or none to any");
    }

    @Test
    void listsAllProblemsAtOnce() {
        var config = new ProfileDraft()
                .named("Bad Name")
                .subject("email", "everybody", "C P O")
                .life("P400D", "soon", "-PT1H")
                .keys("dsa", "ml-dsa-44")
                .keyUsages("keyCertSign")
                .purposes("everything")
                .addresses("https://crl.example/a.crl", 0, "not a url", "http://ocsp.example/{shard}")
                .policies(Map.of("lab", "2.999.1"), Map.of("softwareKey", "4.5", "hope", "2.999.2"))
                .config();

        assertThatThrownBy(() -> Profile.validate(config))
                .isInstanceOfSatisfying(
                        UnusableProfileException.class,
                        e -> assertThat(e.problems())
                                .extracting(ProfileProblem::sentence)
                                .containsExactlyInAnyOrder(
                                        "name: \"Bad Name\" is not in kebab case, like charging-station, or longer than 64"
                                                + " characters",
                                        "commonName: \"email\" is unknown; write serialNumber, seccId or fqdn",
                                        "organization: \"everybody\" is unknown; write owner or none",
                                        "domainComponents: \"C P O\" is no label of letters, digits and '-', like CPO",
                                        "validity: P400D is not between PT1H and PT9528H",
                                        "backdate: \"soon\" is not an ISO 8601 duration, like P365D or PT5M",
                                        "jitter: -PT1H is not between PT0S and PT9528H",
                                        "keys: \"dsa\" is unknown; write rsa, secp256r1, secp384r1, secp521r1, ed25519, ed448,"
                                                + " ml-dsa-44, ml-dsa-65 or ml-dsa-87",
                                        "keys: ml-dsa-44 is for experiments (RFC 9881); write experimental: true, or remove it",
                                        "keyUsages: \"keyCertSign\" is unknown, or not for the key of a device",
                                        "extendedKeyUsages: \"everything\" is neither clientAuth, serverAuth, cmcRA, ocspSigning"
                                                + " nor an object identifier",
                                        "crlDistributionPoint: \"https://crl.example/a.crl\" is not an http URL",
                                        "shards: 0 is not between 1 and 4096",
                                        "caIssuers: \"not a url\" is not a URL",
                                        "ocsp: is the same for all shards; remove {shard}",
                                        "lab: \"lab\" is no environment",
                                        "softwareKey: \"4.5\" is no object identifier, like 2.999.1",
                                        "hope: \"hope\" is unknown; write softwareKey or attestedKey"))
                .hasMessageStartingWith("profile \"Bad Name\" can not be used: name: ");
    }

    @ParameterizedTest
    @MethodSource("unusable")
    void refuses(String problem, ProfileDraft draft) {
        assertThatThrownBy(() -> Profile.validate(draft.config()))
                .hasMessage("profile \"draft\" can not be used: " + problem);
    }

    static Stream<Arguments> unusable() {
        return Stream.of(
                arguments("backdate: PT0.5S is not in whole seconds", draft().life("PT1H", "PT0.5S", "PT0S")),
                arguments("backdate: PT1H is not shorter than the validity PT1H", draft().life("PT1H", "PT1H", "PT0S")),
                arguments(
                        "jitter: with the back-date, PT31M, it takes more than half of the validity PT1H",
                        draft().life("PT1H", "PT1M", "PT30M")),
                arguments("keys: is empty; name at least secp256r1", draft().keys()),
                arguments("keys: names one twice; name each once: ed448", draft().keys("ed448", "ed448")),
                arguments(
                        "keyUsages: no key of the profile can keyEncipherment; remove it",
                        draft().keyUsages("digitalSignature", "keyEncipherment")),
                arguments(
                        "keyUsages: names nothing that ed25519 keys can do; add digitalSignature",
                        draft().keyUsages("keyAgreement")),
                arguments("keyUsages: is empty; name at least digitalSignature", draft().keyUsages()),
                arguments(
                        "extendedKeyUsages: has anyExtendedKeyUsage; name the purposes, or none",
                        draft().purposes("2.5.29.37.0")),
                arguments(
                        "extendedKeyUsages: names one twice; name each once: clientAuth, 1.3.6.1.5.5.7.3.2",
                        draft().purposes("clientAuth", "1.3.6.1.5.5.7.3.2")),
                arguments(
                        "extendedKeyUsages: has other purposes beside ocspSigning; give them a profile of their own",
                        draft().purposes("ocspSigning", "serverAuth")),
                arguments(
                        "commonName: is not for OCSP responders, which revocation-service names by itself; write"
                                + " serialNumber",
                        draft().purposes("ocspSigning").subject("fqdn", "owner")),
                arguments(
                        "keys: are not those of OCSP responders, which make secp256r1; add it",
                        draft().purposes("ocspSigning").keys("secp384r1")),
                arguments(
                        "ocspNocheck: is for OCSP responders; write extendedKeyUsages: ocspSigning, or remove it",
                        draft().life("P7D", "PT0S", "PT0S").ocspNocheck()),
                arguments(
                        "ocspNocheck: nobody can revoke such a certificate, so its validity may be at most PT744H",
                        draft().purposes("ocspSigning").ocspNocheck()),
                arguments(
                        "crlDistributionPoint: names one list where there are 4; write {shard} into it",
                        draft().addresses("http://crl.example/{issuer}.crl", 4, null, null)),
                arguments(
                        "crlDistributionPoint: \"http://crl.example/{where}\" is not a URL",
                        draft().addresses("http://crl.example/{where}", 1, null, null)),
                arguments(
                        "caIssuers: \"http://user@ca.example/\" is not an http URL",
                        draft().addresses(null, 1, "http://user@ca.example/", null)),
                arguments(
                        "caIssuers: \"http://ca.example/ü\" has other characters than ASCII, or more than 500",
                        draft().addresses(null, 1, "http://ca.example/ü", null)),
                arguments(
                        "test: is anyPolicy; name a policy of your own, or none",
                        draft().policies(Map.of("test", "2.5.29.32.0"), Map.of())),
                arguments(
                        "softwareKey: is anyPolicy; name a policy of your own, or none",
                        draft().policies(Map.of(), Map.of("softwareKey", "2.5.29.32.0"))),
                arguments(
                        "policies: has one object identifier twice; give each policy its own",
                        draft().policies(Map.of("test", "2.999.1"), Map.of("softwareKey", "2.999.1"))));
    }

    private static ProfileDraft draft() {
        return new ProfileDraft();
    }

    @Test
    void aKeyIsUsedForWhatItsKindCan() {
        var profile = Profile.validate(new ProfileDraft()
                .keys("secp256r1", "ed448", "rsa")
                .keyUsages("digitalSignature", "keyAgreement", "keyEncipherment")
                .config());
        assertThat(usages(profile, KeyKind.P_256))
                .containsExactlyInAnyOrder(KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_AGREEMENT);
        assertThat(usages(profile, KeyKind.ED448)).containsExactly(KeyUsage.DIGITAL_SIGNATURE);
        assertThat(usages(profile, KeyKind.RSA))
                .containsExactlyInAnyOrder(KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_ENCIPHERMENT);
    }

    private static Set<KeyUsage> usages(Profile profile, KeyKind kind) {
        return profile.keyUsages(
                SubjectPublicKeyInfo.getInstance(Keys.generate(kind).getPublic().getEncoded()));
    }

    @ParameterizedTest
    @CsvSource({
        "SERIAL_NUMBER, CP-1, true",
        "SERIAL_NUMBER, cp.1_x, true",
        "SECC_ID, DE-ABC-S1, true",
        "SECC_ID, de.abc, false",
        "SECC_ID, DE_1, false",
        "FQDN, csms.example.com, true",
        "FQDN, a-1.Example, true",
        "FQDN, csms, false",
        "FQDN, *.example.com, false",
        "FQDN, example.com., false",
        "FQDN, -a.example, false",
        "FQDN, a-.example, false",
        "FQDN, a..example, false",
        "FQDN, a_b.example, false",
        "FQDN, 10.0.0.1, false",
        "FQDN, example.1a, false",
    })
    void commonNames(CommonName shape, String deviceId, boolean fits) {
        assertThat(shape.fits(deviceId)).isEqualTo(fits);
        assertThat(shape.fits(shape.example())).isTrue();
    }

    @Test
    void subjects() {
        assertThat(Subject.of("CP-1", "Operator").organization()).contains("Operator");
        assertThatThrownBy(() -> Subject.of(" "))
                .hasMessage("common name: must have 1 to 64 characters (RFC 5280 appendix A.1)");
        assertThatThrownBy(() -> Subject.of("CP-1", "x".repeat(65)))
                .hasMessage("organization: must have 1 to 64 characters (RFC 5280 appendix A.1)");
    }
}
