package dev.evenroll.policy.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.evenroll.pki.profile.Assigner;
import dev.evenroll.pki.profile.CommonName;
import dev.evenroll.pki.profile.Profile;
import dev.evenroll.pki.profile.Renewal;
import dev.evenroll.policy.yaml.FileProblem;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProfileFileTest {

    private static final String CRL = "http://crl.example/{issuer}.crl";

    private static final String GOOD = """
            version: v1
            profiles:
              - name: station
                subject: { commonName: serialNumber }
                keys: secp256r1
                keyUsages: digitalSignature
                validity: P365D
            """;

    @Test
    void whatIsNotWrittenIsTheUsual() throws Exception {
        var file = read(GOOD);
        assertThat(file.version()).isEqualTo("v1");
        var profile = file.profiles().getFirst();
        assertThat(profile.name()).isEqualTo("station");
        assertThat(profile.subject().organization()).isTrue();
        assertThat(profile.subject().domainComponents()).isEmpty();
        assertThat(profile.backdate()).isEqualTo(Duration.ofMinutes(5));
        assertThat(profile.jitter()).isZero();
        assertThat(profile.extendedKeyUsages()).isEmpty();
        assertThat(profile.crlDistributionPoint("ab12", BigInteger.TEN)).contains("http://crl.example/ab12.crl");
        assertThat(profile.ocspNocheck()).isFalse();
        assertThat(profile.shards()).isEqualTo(1);
    }

    @Test
    void theBuiltInProfilesCanBeUsed() {
        var profiles = ProfileFile.builtIn(CRL).profiles();
        assertThat(profiles)
                .extracting(Profile::name)
                .containsExactly(
                        "charging-station",
                        "charging-station-ocpp16",
                        "v2g-secc",
                        "local-controller",
                        "csms-server",
                        "ocsp-responder");
        assertThat(profiles).noneMatch(Profile::experimental);
        assertThat(profiles.get(4).subject().commonName()).isEqualTo(CommonName.FQDN);
        assertThat(profiles.get(4).validity()).isLessThan(Duration.ofHours(24));
        assertThat(profiles)
                .filteredOn(profile -> profile.assignedBy().contains(Assigner.APPROVER))
                .extracting(Profile::name)
                .containsExactly("local-controller", "csms-server", "ocsp-responder");
    }

    @Test
    void theBuiltInProfilesSayWhenTheUrlIsWrong() {
        assertThatThrownBy(() -> ProfileFile.builtIn("https://crl.example/a.crl"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"https://crl.example/a.crl\" is not an http URL");
    }

    @Test
    void noneIsOnlyForAProfileThatSaysSo() throws Exception {
        assertThatThrownBy(() -> ProfileFile.builtIn("none"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"none\" is not an http URL");
        assertThat(read(GOOD + "    crlDistributionPoint: none\n")
                        .profiles()
                        .getFirst()
                        .crlDistributionPoint())
                .isEmpty();
    }

    @Test
    void theTermsOfRenewalAreTheUsualUnlessTheFileSaysElse() throws Exception {
        assertThat(read(GOOD).profiles().getFirst().renewal()).contains(Renewal.USUAL);
        assertThat(read(GOOD + "    renewal: { dueAfterPercent: 50, grace: PT1H }\n")
                        .profiles()
                        .getFirst()
                        .renewal())
                .contains(new Renewal(50, 10, 90, Duration.ofHours(1), Duration.ofDays(2)));
        assertThat(read(GOOD.replace("P365D", "P10D")).profiles().getFirst().renewal())
                .contains(new Renewal(66, 10, 90, Duration.ofDays(1), Duration.ofDays(1)));
    }

    /// revocation-service renews its own.
    @Test
    void respondersHaveNoTermsOfRenewal() {
        assertThat(ProfileFile.builtIn("http://crl.example/a.crl")
                        .profiles()
                        .getLast()
                        .renewal())
                .isEmpty();
        assertThat(problems(GOOD + "    extendedKeyUsages: ocspSigning\n    renewal: { grace: PT1H }\n"))
                .containsExactly(
                        "f:9:14: renewal: is not for OCSP responders, whose service renews them by itself; remove it");
    }

    @ParameterizedTest
    @MethodSource
    void saysWhatIsWrongAndWhere(String problem, String yaml) {
        assertThat(problems(yaml)).containsExactly(problem);
    }

    static Stream<Arguments> saysWhatIsWrongAndWhere() {
        return Stream.of(
                arguments("f:1:1: file: is empty; write version and profiles", ""),
                arguments(
                        "f:1:1: version: is missing; write a label that you change with the file, like 2026-11-a",
                        GOOD.replace("version: v1\n", "")),
                arguments("f:8:1: version: stands twice; remove one of them", GOOD + "version: v2\n"),
                arguments(
                        "f:8:1: file: key \"profile\" is unknown; the keys here are version, shards, profiles",
                        GOOD + "profile: x\n"),
                arguments(
                        "f:2:11: profiles: is no list; write at least one, each beginning with \"- name:\"",
                        "version: v1\nprofiles: {}\n"),
                arguments(
                        "f:8:9: shards: \"0\" is no whole number from 1 to 4096; write one in digits",
                        GOOD + "shards: 0\n"),
                arguments(
                        "f:8:15: backdate: is PT59S; write at least PT1M, since no two clocks agree",
                        GOOD + "    backdate: PT59S\n"),
                arguments(
                        "f:8:11: name: is the name of the profile in line 3 too; choose another",
                        GOOD + GOOD.substring(GOOD.indexOf("  - name"))),
                arguments(
                        "f:3:11: name: \"A B\" is not in kebab case, like charging-station, or longer than 64 characters",
                        GOOD.replace("station", "A B")),
                arguments(
                        "f:3:5: keys: is missing; name the keys that are certified, like [secp256r1]",
                        GOOD.replace("    keys: secp256r1\n", "")),
                arguments(
                        "f:5:11: keys: is an empty list; name at least one, or remove the key",
                        GOOD.replace("secp256r1", "[]")),
                arguments("f:5:11: keys: is no single value; write one", GOOD.replace("secp256r1", "{}")),
                arguments(
                        "f:4:28: commonName: \"imei\" is unknown; write serialNumber, seccId or fqdn",
                        GOOD.replace("serialNumber", "imei")),
                arguments(
                        "f:4:14: subject: is no mapping; write keys and values: commonName, organization,"
                                + " domainComponents",
                        GOOD.replace("{ commonName: serialNumber }", "CN")),
                arguments(
                        "f:4:16: subject: key \"cn\" is unknown; the keys here are commonName, organization,"
                                + " domainComponents",
                        GOOD.replace("{ ", "{ cn: 1, ")),
                arguments(
                        "f:7:15: validity: \"a year\" is not an ISO 8601 duration, like P365D or PT5M",
                        GOOD.replace("P365D", "a year")),
                arguments(
                        "f:8:17: assignedBy: \"auditor\" is unknown; write registrar or approver",
                        GOOD + "    assignedBy: [registrar, auditor]\n"),
                arguments(
                        "f:8:17: assignedBy: is without registrar, who alone changes the registry; add it",
                        GOOD + "    assignedBy: approver\n"),
                arguments(
                        "f:7:15: validity: \"a year\" is not an ISO 8601 duration, like P365D or PT5M",
                        GOOD.replace("P365D", "a year") + "    renewal: { grace: P3D }\n"),
                arguments(
                        "f:8:31: jitterPercent: 70 is not between 0 and 50",
                        GOOD + "    renewal: { jitterPercent: 70 }\n"),
                arguments(
                        "f:8:33: dueAfterPercent: \"half\" is no whole number from 0 to 100; write one in digits",
                        GOOD + "    renewal: { dueAfterPercent: half }\n"),
                arguments(
                        "f:8:58: overdueAfterPercent: 70 is not above dueAfterPercent 80; write more",
                        GOOD + "    renewal: { dueAfterPercent: 80, overdueAfterPercent: 70 }\n"),
                arguments(
                        "f:8:52: jitterPercent: 20 leaves nothing of dueAfterPercent 20; write less",
                        GOOD + "    renewal: { dueAfterPercent: 20, jitterPercent: 20 }\n"),
                arguments(
                        "f:8:23: grace: \"soon\" is not an ISO 8601 duration, like P365D or PT5M",
                        GOOD + "    renewal: { grace: soon }\n"),
                arguments(
                        "f:8:16: renewal: key \"after\" is unknown; the keys here are dueAfterPercent, jitterPercent,"
                                + " overdueAfterPercent, grace, unseenAfter",
                        GOOD + "    renewal: { after: 1 }\n"),
                arguments(
                        "f:8:18: ocspNocheck: \"yes\" is unknown; write false or true",
                        GOOD + "    ocspNocheck: yes\n"));
    }

    @Test
    void saysEverythingAtOnceInTheOrderOfTheFile() {
        assertThat(problems("""
                version: v1
                shards: many
                profiles:
                  - name: station
                    subject: { commonName: fqdn, domainComponents: [CPO, "C P"] }
                    keys: [secp256r1, dsa]
                    validity: P365D
                    jitter: P300D
                    crlDistributionPoint: https://crl.example/
                    policies:
                      environment: { test: 1.x, lab: 2.999.1 }
                      assurance: { attestedKey: 2.999.2 }
                """))
                .containsExactly(
                        "f:2:9: shards: \"many\" is no whole number from 1 to 4096; write one in digits",
                        "f:4:5: keyUsages: is missing; name them, like [digitalSignature]",
                        "f:5:52: domainComponents: \"C P\" is no label of letters, digits and '-', like CPO",
                        "f:6:11: keys: \"dsa\" is unknown; write rsa, secp256r1, secp384r1, secp521r1, ed25519, ed448,"
                                + " ml-dsa-44, ml-dsa-65 or ml-dsa-87",
                        "f:8:13: jitter: with the back-date, PT7200H5M, it takes more than half of the validity"
                                + " PT8760H",
                        "f:9:27: crlDistributionPoint: \"https://crl.example/\" is not an http URL",
                        "f:11:28: test: \"1.x\" is no object identifier, like 2.999.1",
                        "f:11:33: environment: key \"lab\" is unknown; the keys here are test, staging, production");
    }

    @Test
    void otherBytesThanUtf8AreSaid() {
        var content = (GOOD + "# ").getBytes(StandardCharsets.UTF_8);
        content[content.length - 1] = (byte) 0xff;
        assertThatThrownBy(() -> ProfileFile.decode(content, CRL))
                .hasMessage("line 8, column 2: file: is not UTF-8 from here on; save it as UTF-8");
    }

    @Test
    void aFileThatIsNotThereOrTooLargeIsNotRead() throws Exception {
        assertThatThrownBy(() -> ProfileFile.open(Path.of("/nowhere/profiles.yaml"), CRL))
                .isInstanceOf(IOException.class);
        var file = Files.createTempFile("profiles", ".yaml");
        Files.write(file, new byte[4_000_001]);
        assertThatThrownBy(() -> ProfileFile.open(file, CRL)).hasMessage("larger than 4 MB");
        Files.delete(file);
    }

    private static List<String> problems(String yaml) {
        try {
            var file = read(yaml);
            throw new AssertionError("was accepted: " + file);
        } catch (UnusableProfilesException e) {
            return e.problems().stream()
                    .map((FileProblem problem) -> problem.in("f"))
                    .toList();
        }
    }

    private static ProfileFile read(String yaml) throws UnusableProfilesException {
        return ProfileFile.decode(yaml.getBytes(StandardCharsets.UTF_8), CRL);
    }
}
