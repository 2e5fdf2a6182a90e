package dev.evenroll.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.evenroll.policy.profile.AdmissibleProfiles;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MatchReaderTest {

    private static final AdmissibleProfiles PROFILES = AdmissibleProfiles.builtIn();

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

    static Stream<Arguments> criteria() {
        return Stream.of(
                Arguments.of(
                        "{ vendor: acme }",
                        "f:4:14: match: key \"vendor\" is unknown; the keys here are manufacturer, model, serialNumber,"
                                + " allowList, address, from, until"),
                Arguments.of(
                        "{ manufacturer: [] }",
                        "f:4:28: manufacturer: is an empty list; name at least one, or remove the key"),
                Arguments.of("{ manufacturer: }", "f:4:27: manufacturer: is empty; write a value, or remove the key"),
                Arguments.of("{ manufacturer: { a: b } }", "f:4:28: manufacturer: is no single value; write one"),
                Arguments.of(
                        "{ serialNumber: \"CP(\" }",
                        "f:4:28: serialNumber: \"CP(\" is no pattern, see character 3: there is nothing before it to"
                                + " choose or to group; write (...)? for what may be absent"),
                Arguments.of(
                        "{ address: [10.0.0.0/8, 10.0.0.0/99] }",
                        "f:4:36: address: \"10.0.0.0/99\" has no prefix length of 0 to 32; write it like 10.0.0.0/8"
                                + " or 2001:db8::/32"),
                Arguments.of(
                        "{ allowList: [CP-1, CP 2] }",
                        "f:4:32: allowList: \"CP 2\" is no serial number; write 1 to 64 letters, digits, '.', '_'"
                                + " and '-', like CP-0001"),
                Arguments.of(
                        "{ from: 2026-11-01 }",
                        "f:4:20: from: \"2026-11-01\" is no point in time; write it like 2026-11-01T00:00:00Z"
                                + " (ISO 8601)"),
                Arguments.of(
                        "{ from: 2026-11-02T00:00:00Z, until: 2026-11-02T00:00:00Z }",
                        "f:4:49: until: 2026-11-02T00:00:00Z is not after from, 2026-11-02T00:00:00Z; the policy would"
                                + " never hold"));
    }

    @ParameterizedTest
    @MethodSource("criteria")
    void saysWhatIsWrongWithACriterion(String match, String problem) {
        assertThat(problems(policy("match: " + match, "decision: allow"))).containsExactly(problem);
    }

    static Stream<Arguments> unreachable() {
        return Stream.of(
                Arguments.of("{}", "{ manufacturer: acme }", true),
                Arguments.of("{}", "{}", true),
                Arguments.of("{ manufacturer: acme }", "{}", false),
                Arguments.of("{ manufacturer: acme, model: [A, B] }", "{ model: [B, A], manufacturer: acme }", true),
                Arguments.of("{ manufacturer: acme }", "{ manufacturer: acme, model: B }", true),
                Arguments.of("{ manufacturer: acme, model: B }", "{ manufacturer: acme }", false),
                Arguments.of("{ manufacturer: [acme, b] }", "{ manufacturer: b }", true),
                Arguments.of("{ manufacturer: b }", "{ manufacturer: [acme, b] }", false),
                Arguments.of("{ serialNumber: \"A.*\" }", "{ serialNumber: \"A.*\" }", true),
                Arguments.of("{ serialNumber: \"A.*\" }", "{ serialNumber: \"B.*\" }", false),
                Arguments.of("{ allowList: [A, B] }", "{ allowList: [B] }", true),
                Arguments.of("{ allowList: [A] }", "{ allowList: [A, B] }", false),
                Arguments.of("{ address: [10.0.0.0/8, \"::1\"] }", "{ address: 10.1.0.0/16 }", true),
                Arguments.of("{ address: 10.1.0.0/16 }", "{ address: 10.0.0.0/8 }", false),
                Arguments.of("{ from: 2026-01-01T00:00:00Z }", "{ from: 2026-02-01T00:00:00Z }", true),
                Arguments.of("{ from: 2026-01-01T00:00:00Z }", "{ until: 2026-02-01T00:00:00Z }", false),
                Arguments.of("{ until: 2026-02-01T00:00:00Z }", "{ until: 2026-02-01T00:00:00Z }", true),
                Arguments.of("{ until: 2026-02-01T00:00:00Z }", "{ until: 2026-02-02T00:00:00Z }", false));
    }

    @ParameterizedTest
    @MethodSource("unreachable")
    void everyPolicyMustBeReachable(String first, String second, boolean covered) throws UnusablePolicyException {
        var yaml = "version: v\npolicies:\n  - { name: one, decision: allow, match: " + first
                + " }\n  - { name: two, decision: allow, match: " + second + " }\n";
        if (covered) {
            assertThat(problems(yaml))
                    .containsExactly("f:4:42: match: policy two is never reached: policy one in line 3 is for all of"
                            + " its devices; put this one before it, or remove it");
        } else {
            assertThat(PolicyReader.read(yaml, Path.of("/nowhere"), PROFILES).policies())
                    .hasSize(2);
        }
    }
}
