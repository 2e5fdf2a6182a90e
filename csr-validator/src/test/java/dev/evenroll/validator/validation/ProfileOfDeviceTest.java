package dev.evenroll.validator.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.KeyPurpose;
import dev.evenroll.pki.authority.CertificationRequests;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.profile.Profile;
import dev.evenroll.pki.profile.ProfileConfig;
import dev.evenroll.pki.request.rule.MlDsaParameterSet;
import dev.evenroll.validator.registry.DeviceLife;
import dev.evenroll.validator.simulation.HandmadeRequest;
import dev.evenroll.validator.simulation.Installation;
import dev.evenroll.validator.simulation.SimulatedDevice;
import java.net.URI;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
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

/// What a request may ask for is what the certificate profile of its device allows.
class ProfileOfDeviceTest extends Judgement {

    private static final String HOST = "csms.example.com";

    private static final KeyPurposeId CMC_RA = KeyPurposeId.getInstance(new ASN1ObjectIdentifier(KeyPurpose.CMC_RA));

    private final SimulatedDevice host = installation.device(HOST);

    @Test
    void aServerMayAskForItsHostNameAndItsPurpose() {
        var verdict = judge(
                host.submits(HandmadeRequest.of(
                        host.keys(),
                        "CN=" + HOST,
                        names(HOST.toUpperCase(Locale.ROOT)),
                        purposes(KeyPurposeId.id_kp_serverAuth))),
                of("csms-server", HOST));
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Accepted.class,
                        accepted -> assertThat(accepted.profile()).isEqualTo("csms-server"));
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of(
                        "csms-server",
                        names("other.example.com"),
                        "requested-dns-name|requested extensions: subjectAltName has the dNSName \"other.example.com\", "
                                + "which is not the host name csms.example.com; make the request again without it"),
                Arguments.of(
                        "csms-server",
                        purposes(KeyPurposeId.id_kp_clientAuth, KeyPurposeId.id_kp_serverAuth),
                        "requested-key-purpose|requested extensions: extendedKeyUsage has clientAuth, and under the "
                                + "profile csms-server a device gets none but serverAuth; make the request again "
                                + "without it"),
                Arguments.of(
                        "local-controller",
                        purposes(CMC_RA, KeyPurposeId.id_kp_OCSPSigning),
                        "requested-key-purpose|requested extensions: extendedKeyUsage has OCSPSigning, and under the "
                                + "profile local-controller a device gets none but clientAuth, cmcRA; make the request "
                                + "again without it"),
                Arguments.of(
                        "local-controller",
                        names(HOST),
                        "requested-dns-name|requested extensions: subjectAltName has the dNSName \"csms.example.com\", "
                                + "and a device of the profile local-controller gets none; make the request again "
                                + "without it"),
                Arguments.of(
                        "csms-server",
                        usages(KeyUsage.keyEncipherment | KeyUsage.keyAgreement),
                        "profile-key-usage|requested extensions: keyUsage has keyEncipherment, keyAgreement, and the "
                                + "profile csms-server allows none of that but digitalSignature; ask for that, or make "
                                + "the request again without keyUsage"));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("refused")
    void whatTheProfileDoesNotAllowIsRefused(String profile, Extension asked, String message) {
        var request = host.submits(HandmadeRequest.of(host.keys(), "CN=" + HOST, asked));
        assertThat(refusals(request, of(profile, HOST))).containsExactly(message);
        assertThat(answer(
                        installation.device("EVR-2").pretendingToBe(HOST).submits(request.certificationRequest()),
                        of(profile, HOST)))
                .as("what somebody else hears of it")
                .containsExactly("idevid-serial-number");
    }

    @Test
    void aLocalControllerMayAskForItsPurposes() {
        assertThat(judge(asking(purposes(KeyPurposeId.id_kp_clientAuth, CMC_RA)), of("local-controller", "EVR-1")))
                .isInstanceOf(Verdict.Accepted.class);
        assertThat(rules(asking(purposes(CMC_RA)), registered("EVR-1"))).containsExactly("requested-key-purpose");
    }

    @Test
    void aKeyIsOfAKindOfTheProfile() {
        assertThat(refusals(with(Keys.generateEd25519()), of("v2g-secc", "EVR-1")))
                .containsExactly("profile-key|key: ed25519 is no key of the profile v2g-secc; "
                        + "make one of secp256r1, secp521r1, ed448");
        assertThat(judge(with(Keys.generateEd25519()), registered("EVR-1"))).isInstanceOf(Verdict.Accepted.class);
        assertThat(judge(with(Keys.generateEd448()), of("v2g-secc", "EVR-1"))).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void mlDsaIsForTheProfilesThatNameIt() {
        var key = with(Keys.generateMlDsa(MlDsaParameterSet.ML_DSA_44));
        assertThat(rules(key, registered("EVR-1"))).containsExactly("key-algorithm");
        installation.allows(true, false);
        assertThat(judge(key, registered("EVR-1"))).isInstanceOf(Verdict.Accepted.class);
        installation.certifiesUnder(
                List.of(Profile.chargingStation(URI.create("http://127.0.0.1/crl"), true), builtIn("v2g-secc")));
        assertThat(rules(key, of("v2g-secc", "EVR-1"))).containsExactly("profile-key");
    }

    @Test
    void aProfileThatTheInstallationDoesNotHaveIsRefused() {
        assertThat(refusals(device.submits(), of("robots", "EVR-1")))
                .containsExactly(
                        "device-profile|device: EVR-1 has the profile robots, which this installation does not "
                                + "have; have the registration of the device changed, or the file of profiles");
    }

    @Test
    void anIdOfAnotherShapeIsRefused() {
        assertThat(refusals(device.submits(), of("csms-server", "EVR-1")))
                .containsExactly(
                        "device-profile|device: EVR-1 has the profile csms-server, which is for devices with a "
                                + "fully qualified host name without a wildcard, like csms.example.com as id; have the "
                                + "registration of the device changed");
    }

    @Test
    void aControllerOfAnEvseNamesItsDomain() {
        assertThat(judge(device.submits(HandmadeRequest.of(device.keys(), "DC=CPO,CN=EVR-1")), of("v2g-secc", "EVR-1")))
                .isInstanceOf(Verdict.Accepted.class);
        assertThat(refusals(
                        device.submits(HandmadeRequest.of(device.keys(), "DC=CSO,CN=EVR-1")), of("v2g-secc", "EVR-1")))
                .containsExactly("subject-attributes|subject: has DC, which is not certified; "
                        + "make the request again with CN, O and DC=CPO only");
        assertThat(rules(device.submits(HandmadeRequest.of(device.keys(), "DC=CPO,CN=EVR-1")), registered("EVR-1")))
                .containsExactly("subject-attributes");
    }

    /// RFC 7030 wants the subject of the present certificate; the new one is issued under the profile of now.
    @Test
    void aRenewalUnderAnotherProfileAsksForTheFormerSubject() {
        var present = present("v2g-secc");
        var renewal = device.renewing(present);
        var request = HandmadeRequest.of(renewal.keys(), "DC=CPO,O=" + Installation.OWNER + ",CN=EVR-1");
        var verdict = judge(renewal.submits(request), registered("EVR-1"));
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Accepted.class,
                        accepted -> assertThat(accepted.profile()).isEqualTo("charging-station"));
        assertThat(rules(renewal.submitsWithOrganization(Installation.OWNER), registered("EVR-1")))
                .containsExactly("renewal-subject");

        var former = device.renewing(present("charging-station"));
        assertThat(judge(former.submitsWithOrganization(Installation.OWNER), of("v2g-secc", "EVR-1")))
                .isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void aPolicyNamesTheProfileOfTheDevicesThatItAdmits() {
        installation.decidesBy(policy("v2g-secc"));
        assertThat(judge(device.submits(), new DeviceLife.Unregistered()))
                .isInstanceOfSatisfying(
                        Verdict.Accepted.class,
                        accepted -> assertThat(accepted.profile()).isEqualTo("v2g-secc"));
        installation.certifiesUnder(List.of(backEndClient()));
        installation.decidesBy(policy("back-end-client"));
        assertThat(rules(device.submits(), new DeviceLife.Unregistered())).containsExactly("device-profile");
    }

    /// One with a host name as id, which a policy may give nevertheless: it is for TLS clients only.
    private static Profile backEndClient() {
        return Profile.validate(new ProfileConfig(
                "back-end-client",
                false,
                new ProfileConfig.Subject("fqdn", "owner", List.of()),
                List.of("secp256r1"),
                List.of("digitalSignature"),
                List.of("clientAuth"),
                new ProfileConfig.Life("P90D", "PT5M", "PT0S"),
                new ProfileConfig.Addresses("http://127.0.0.1/crl", 1, null, null),
                ProfileConfig.Policies.NONE,
                List.of(),
                ProfileConfig.Renewal.USUAL,
                false));
    }

    private static String policy(String profile) {
        return """
                version: a
                policies:
                  - name: rollout
                    match: { manufacturer: acme }
                    decision: allow
                    unknownDevices: register
                    register: { owner: Charge Here Ltd, site: unassigned, model: X1, profile: %s }
                """.formatted(profile);
    }

    private X509Certificate present(String profile) {
        var certificate = installation.issue(builtIn(profile), "EVR-1", Installation.OWNER, spki(device.keys()));
        assertThat(Certificates.subject(certificate)).contains("EVR-1");
        installation.clock().advance(Duration.ofHours(1));
        return certificate;
    }

    private static Profile builtIn(String name) {
        return Installation.builtIn().stream()
                .filter(profile -> profile.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private DeviceLife.Known of(String profile, String serialNumber) {
        return registered(serialNumber, REGISTRATION.withProfile(profile));
    }

    private Submission asking(Extension... extensions) {
        return device.submits(HandmadeRequest.of(device.keys(), "CN=EVR-1", extensions));
    }

    private Submission with(KeyPair keys) {
        return device.withKeys(keys).submits(CertificationRequests.create(keys, "EVR-1"));
    }

    private static Extension names(String host) {
        return HandmadeRequest.extension(
                Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName(GeneralName.dNSName, host)));
    }

    private static Extension purposes(KeyPurposeId... purposes) {
        return HandmadeRequest.extension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
    }

    private static Extension usages(int bits) {
        return HandmadeRequest.extension(Extension.keyUsage, true, new KeyUsage(bits));
    }
}
