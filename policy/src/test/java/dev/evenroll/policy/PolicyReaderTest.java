package dev.evenroll.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.evenroll.policy.profile.AdmissibleProfiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyReaderTest {

    private static final AdmissibleProfiles PROFILES = AdmissibleProfiles.builtIn();

    private static final String GOOD = """
            version: 2026-11-a
            policies:
              - name: all
                match: {}
                decision: allow
            """;

    private static List<String> problems(String yaml) {
        return assertThrows(UnusablePolicyException.class, () -> PolicyReader.read(yaml, Path.of("/nowhere"), PROFILES))
                .problems()
                .stream()
                .map(problem -> problem.in("f"))
                .toList();
    }

    /// A policy beginning in line 3, its keys in the lines after that.
    private static String policy(String... keys) {
        return "version: v\npolicies:\n  - name: one\n    " + String.join("\n    ", keys) + "\n";
    }

    @Test
    void readsWhatTheFormatAllows() throws UnusablePolicyException {
        var policies = PolicyReader.read("""
                version: 2026-11-a
                renewal: { graceAfterExpiry: P14D }
                policies:
                  - name: refused
                    match: { serialNumber: "X.*" }
                    decision: refuse
                    reason: |-
                      recalled
                  - name: acme-rollout
                    match: { manufacturer: acme, model: [X1, 2] }
                    decision: approve
                """, Path.of("/nowhere"), PROFILES);
        assertThat(policies.version()).isEqualTo("2026-11-a@a1894a69ff1e");
        assertThat(policies.renewalGrace()).isEqualTo(Duration.ofDays(14));
        assertThat(policies.policies()).extracting(Policy::name).containsExactly("refused", "acme-rollout");
        assertThat(policies.policies()).extracting(Policy::line).containsExactly(4, 9);
        assertThat(policies.policies().getLast().match().models()).containsExactlyInAnyOrder("X1", "2");
        assertThat(policies.policies().getLast().ruling())
                .isEqualTo(new Ruling.Admit(
                        "policy acme-rollout asks for the approval of a person",
                        null,
                        false,
                        Duration.ofDays(7),
                        null));
    }

    @Test
    void theVersionIsTheDigestOfTheFile() throws UnusablePolicyException {
        assertThat(PolicyReader.read(GOOD, Path.of("/nowhere"), PROFILES).version())
                .isEqualTo("2026-11-a@" + Digests.hex(GOOD).substring(0, 12));
        assertThat(PolicyReader.read(GOOD + "# a comment\n", Path.of("/nowhere"), PROFILES)
                        .version())
                .isNotEqualTo(
                        PolicyReader.read(GOOD, Path.of("/nowhere"), PROFILES).version());
    }

    static Stream<Arguments> files() {
        return Stream.of(
                Arguments.of("", "f:1:1: file: is empty; write version and policies"),
                Arguments.of("# nothing\n", "f:1:1: file: is empty; write version and policies"),
                Arguments.of("[]", "f:1:1: file: is no mapping; write keys and values: version, renewal, policies"),
                Arguments.of("version: v\n", "f:1:1: policies: is missing; write at least one policy"),
                Arguments.of(
                        GOOD.replace("version: 2026-11-a\n", ""),
                        "f:1:1: version: is missing; write a label that you change with the file, like 2026-11-a"),
                Arguments.of(
                        GOOD.replace("2026-11-a", "a b"),
                        "f:1:10: version: \"a b\" is no label; write 1 to 40 letters, digits, '.', '_' and '-',"
                                + " like 2026-11-a"),
                Arguments.of(
                        GOOD.replace("2026-11-a", ""), "f:1:9: version: is empty; write a value, or remove the key"),
                Arguments.of(GOOD.replace("2026-11-a", "[a]"), "f:1:10: version: is no single value; write one"),
                Arguments.of(
                        GOOD.replace("2026-11-a", "!!java.net.URL a"),
                        "f:1:10: version: has a type of its own (!!), which means nothing here; remove it"),
                Arguments.of(
                        GOOD.replace("2026-11-a", "!local a"),
                        "f:1:10: version: has the tag \"!local\", which means nothing here; remove it"),
                Arguments.of(
                        GOOD.replace("2026-11-a", "\"\\UFFFFFFFF\""),
                        "f:1:11: file: holds an escape of a character that Unicode does not have; write the character"
                                + " itself"),
                Arguments.of(GOOD + "version: again\n", "f:6:1: version: stands twice; remove one of them"),
                Arguments.of(
                        GOOD + "polices: []\n",
                        "f:6:1: file: key \"polices\" is unknown; the keys here are version, renewal, policies"),
                Arguments.of(
                        GOOD + "? [a]\n: b\n",
                        "f:6:3: file: key \"\" is unknown; the keys here are version, renewal, policies"),
                Arguments.of(
                        "version: v\npolicies: []\n",
                        "f:2:11: policies: is no list; write at least one, each beginning with \"- name:\""),
                Arguments.of(
                        "version: v\npolicies: [all]\n",
                        "f:2:12: policy: is no mapping; write keys and values: name, match, decision, reason,"
                                + " quotaPerHour, attestation, approvalExpires, unknownDevices, register"),
                Arguments.of(
                        GOOD + "renewal: { graceAfterExpiry: P400D }\n",
                        "f:6:30: graceAfterExpiry: \"P400D\" is not from PT0S to P365D; write a duration between"),
                Arguments.of(
                        GOOD + "renewal: { graceAfterExpiry: P1M }\n",
                        "f:6:30: graceAfterExpiry: \"P1M\" is no duration; write it like P14D or PT36H (ISO 8601,"
                                + " days at most)"),
                Arguments.of(
                        GOOD + "renewal: P14D\n",
                        "f:6:10: renewal: is no mapping; write keys and values: graceAfterExpiry"),
                Arguments.of(
                        GOOD + "# \u0007\n",
                        "f:6:3: file: holds a character that YAML does not allow, U+0007; remove it"),
                Arguments.of(
                        "#" + "x".repeat(1_000_000),
                        "f:1:1: file: has more than 1000000 characters; shorten it, serial numbers can stand in files of their own"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void saysWhatIsWrongWithAFile(String yaml, String problem) {
        assertThat(problems(yaml)).containsExactly(problem);
    }

    static Stream<Arguments> policies() {
        String register = "register: { owner: O, site: S, model: M }";
        return Stream.of(
                Arguments.of(
                        policy("decision: allow"),
                        "f:3:5: match: is missing; say whom the policy is for; for everybody, write \"match: {}\""),
                Arguments.of(policy("match: {}"), "f:3:5: decision: is missing; write allow, approve or refuse"),
                Arguments.of(
                        "version: v\npolicies:\n  - match: {}\n    decision: allow\n",
                        "f:3:5: name: is missing; give every policy a name of its own"),
                Arguments.of(
                        policy("match: {}", "decision: yes"),
                        "f:5:15: decision: \"yes\" is unknown; write allow or approve or refuse"),
                Arguments.of(
                        policy("match: {}", "decision: allow", "quota: 5"),
                        "f:6:5: policy: key \"quota\" is unknown; the keys here are name, match, decision, reason,"
                                + " quotaPerHour, attestation, approvalExpires, unknownDevices, register"),
                Arguments.of(
                        policy("match: {}", "decision: allow", "quotaPerHour: 0"),
                        "f:6:19: quotaPerHour: \"0\" is no whole number from 1 to 1000000; write one in digits"),
                Arguments.of(
                        policy("match: {}", "decision: allow", "quotaPerHour: 1e3"),
                        "f:6:19: quotaPerHour: \"1e3\" is no whole number from 1 to 1000000; write one in digits"),
                Arguments.of(
                        policy("match: {}", "decision: allow", "attestation: true"),
                        "f:6:18: attestation: \"true\" is unknown; write required"),
                Arguments.of(
                        policy("match: {}", "decision: approve", "approvalExpires: PT1S"),
                        "f:6:22: approvalExpires: \"PT1S\" is not from PT1M to P365D; write a duration between"),
                Arguments.of(
                        policy("match: {}", "decision: allow", "reason: because"),
                        "f:6:13: reason: is given where nobody is refused or waits; remove it"),
                Arguments.of(
                        policy("match: {}", "decision: refuse"),
                        "f:3:5: reason: is missing; tell whoever is refused why"),
                Arguments.of(
                        policy("match: {}", "decision: refuse", "reason: r", "attestation: required"),
                        "f:7:18: attestation: says nothing where every request is refused; remove it"),
                Arguments.of(
                        policy("match: {}", "decision: allow", register),
                        "f:6:15: register: says nothing where unknown devices are refused; write unknownDevices,"
                                + " or remove it"),
                Arguments.of(
                        policy("match: {}", "decision: allow", "unknownDevices: quarantine"),
                        "f:3:5: register: is missing; say how unknown devices are entered in the registry"),
                Arguments.of(
                        policy(
                                "match: {}",
                                "decision: allow",
                                "unknownDevices: register",
                                "register: { owner: O, site: S }"),
                        "f:7:15: model: is missing; name the model of devices whose trust anchor names none, or match"
                                + " by model"),
                Arguments.of(
                        policy(
                                "match: {}",
                                "decision: allow",
                                "unknownDevices: register",
                                "register: { owner: O, site: S, model: M, ocppIdentity: CP }"),
                        "f:7:60: ocppIdentity: \"CP\" would be the same for all devices; write {serialNumber} where"
                                + " theirs goes"),
                Arguments.of(
                        policy(
                                "match: {}",
                                "decision: allow",
                                "unknownDevices: register",
                                "register: { owner: O, site: S, model: M, ocppIdentity: \"{site}/{serialNumber}\" }"),
                        "f:7:60: ocppIdentity: \"{site}/{serialNumber}\" is no OCPP identity; write {serialNumber} and"
                                + " at most 47 letters, digits and * - _ = : + | @ ."),
                Arguments.of(
                        policy(
                                "match: {}",
                                "decision: allow",
                                "unknownDevices: register",
                                "register: { owner: O, site: S, model: M, profile: robots }"),
                        "f:7:55: profile: is \"robots\", which is no profile of the installation; write one of"
                                + " charging-station, charging-station-ocpp16, v2g-secc"),
                Arguments.of(
                        policy(
                                "match: {}",
                                "decision: approve",
                                "unknownDevices: quarantine",
                                "register: { owner: O, site: S, model: M, profile: local-controller }"),
                        "f:7:55: profile: is local-controller, which people alone give to a device (assignedBy:"
                                + " registrar, approver); write one of charging-station, charging-station-ocpp16,"
                                + " v2g-secc, or register such devices by hand"),
                Arguments.of(
                        policy(
                                "match: {}",
                                "decision: allow",
                                "unknownDevices: register",
                                "register: { owner: O, site: S, model: M, profile: ocsp-responder }"),
                        "f:7:55: profile: is ocsp-responder, which no device can have; write one of"
                                + " charging-station, charging-station-ocpp16, v2g-secc"),
                Arguments.of(
                        policy(
                                "match: {}",
                                "decision: allow",
                                "unknownDevices: register",
                                "register: { owner: O, site: S, model: M, profile: CSMS server }"),
                        "f:7:55: profile: \"CSMS server\" is no name; write 1 to 64 lower-case letters, digits and '-',"
                                + " like acme-rollout"),
                Arguments.of(
                        policy(
                                "match: {}",
                                "decision: allow",
                                "unknownDevices: register",
                                "register: { owner: \" O\", site: S, model: M }"),
                        "f:7:24: owner: \" O\" holds a control character, or begins or ends with a space; remove it"));
    }

    @ParameterizedTest
    @MethodSource("policies")
    void saysWhatIsWrongWithAPolicy(String yaml, String problem) {
        assertThat(problems(yaml)).containsExactly(problem);
    }

    @Test
    void reportsEveryProblemInTheOrderOfTheFile() {
        assertThat(problems("""
                version: a b
                policies:
                  - name: One
                    match: { serialNumber: "(", address: x }
                    decision: maybe
                    quotaPerHour: many
                  - name: two
                    match: { from: tomorrow }
                    decision: allow
                    quotaPerHour: many
                    hours: 5
                """))
                .extracting(line -> line.replaceAll("(f:[0-9]+:[0-9]+: [a-zA-Z]+):.*", "$1"))
                .containsExactly(
                        "f:1:10: version",
                        "f:3:11: name",
                        "f:4:28: serialNumber",
                        "f:4:42: address",
                        "f:5:15: decision",
                        "f:8:20: from",
                        "f:10:19: quotaPerHour",
                        "f:11:5: policy");
    }

    @Test
    void aNameIsUnique() {
        assertThat(problems("""
                version: v
                policies:
                  - { name: one, decision: allow, match: { model: A } }
                  - { name: one, decision: allow, match: { model: B } }
                """))
                .containsExactly("f:4:13: name: \"one\" is the name of the policy in line 3 too; choose another");
    }

    /// Also when something else is wrong with one of the two, or with both.
    @Test
    void doubledNamesAndUnreachablePoliciesAreReportedWithAllElse() {
        assertThat(problems("""
                version: v
                policies:
                  - name: one
                    match: {}
                    decision: maybe
                  - name: one
                    match: { model: A }
                    decision: allow
                    quotaPerHour: many
                  - name: Two
                    match: { model: A }
                    decision: allow
                """))
                .containsExactly(
                        "f:5:15: decision: \"maybe\" is unknown; write allow or approve or refuse",
                        "f:6:11: name: \"one\" is the name of the policy in line 3 too; choose another",
                        "f:7:12: match: policy one is never reached: policy one in line 3 is for all of its devices; put"
                                + " this one before it, or remove it",
                        "f:9:19: quotaPerHour: \"many\" is no whole number from 1 to 1000000; write one in digits",
                        "f:10:11: name: \"Two\" is no name; write 1 to 64 lower-case letters, digits and '-', like"
                                + " acme-rollout",
                        "f:11:12: match: this policy is never reached: policy one in line 3 is for all of its devices;"
                                + " put this one before it, or remove it");
    }

    @Test
    void aliasesAreFewAndNestingIsShallow() throws UnusablePolicyException {
        var shared = """
                version: v
                policies:
                  - { name: one, decision: allow, match: { model: A, address: &office [10.0.0.0/8] } }
                  - { name: two, decision: allow, match: { model: B, address: *office } }
                """;
        assertThat(PolicyReader.read(shared, Path.of("/nowhere"), PROFILES).policies())
                .hasSize(2);
        assertThat(problems("a: &a [x]\n" + "b: [" + "*a, ".repeat(30) + "]\n"))
                .containsExactly("f:1:1: file: is more deeply nested than 10 levels, or repeats (with *) more than 20"
                        + " values; write it flatter");
        assertThat(problems("version: " + "[".repeat(20_000)))
                .containsExactly("f:1:1: file: is more deeply nested than 10 levels, or repeats (with *) more than 20"
                        + " values; write it flatter");
        assertThat(problems("version: v\npolicies: &loop\n  - *loop\n")).isNotEmpty();
    }
}
