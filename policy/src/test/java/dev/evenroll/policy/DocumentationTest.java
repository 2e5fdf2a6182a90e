package dev.evenroll.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.policy.profile.AdmissibleProfiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// docs/POLICIES.md and deploy/policies/example.yaml say what the code does.
class DocumentationTest {

    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final Path EXAMPLE = PROJECT.resolve("deploy/policies/example.yaml");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Za-z]+)` \\|");

    private static String page() throws IOException {
        return Files.readString(PROJECT.resolve("docs/POLICIES.md"));
    }

    static Stream<Arguments> sections() {
        return Stream.of(
                Arguments.of("Keys of the file", PolicyFormat.FILE_KEYS),
                Arguments.of("Keys of `renewal`", PolicyFormat.RENEWAL_KEYS),
                Arguments.of("Keys of a policy", PolicyFormat.POLICY_KEYS),
                Arguments.of("Keys of `match`", PolicyFormat.MATCH_KEYS),
                Arguments.of("Keys of `register`", PolicyFormat.REGISTER_KEYS));
    }

    @ParameterizedTest
    @MethodSource("sections")
    void everyKeyIsDocumentedInItsPlace(String heading, List<String> keys) throws IOException {
        var section = page().split("\n## " + heading + "\n", 2)[1].split("\n## ", 2)[0];
        assertThat(ROW.matcher(section).results().map(row -> row.group(1))).containsExactlyElementsOf(keys);
    }

    @ParameterizedTest
    @EnumSource
    void everyRefusalIsDocumented(PolicyRule rule) throws IOException {
        assertThat(page())
                .contains("| `" + rule.rule() + "` | " + rule.refuses() + " | "
                        + rule.message().replaceAll("(<[a-z]+>)", "`$1`") + " |\n");
    }

    @Test
    void theExampleCanBeUsed() throws Exception {
        var policies = PolicyFile.open(EXAMPLE, AdmissibleProfiles.builtIn()).current();
        assertThat(policies.policies())
                .extracting(Policy::name)
                .containsExactly("recalled", "acme-rollout", "acme-others", "everybody-else");
        var rollout = policies.policies().get(1);
        assertThat(rollout.match().allowList()).isNotNull();
        assertThat(Objects.requireNonNull(rollout.match().allowList()).serialNumbers())
                .contains("CP-100001");
        assertThat(policies.decide(
                        Requests.usual().device("CPX-00C0FFEE").of("acme", "X2").facts()))
                .isEqualTo(new PolicyOutcome.Allowed(
                        "acme-rollout",
                        500,
                        new Admission(
                                "Example Charging", "unassigned", "X2", "EC*CPX-00C0FFEE", "charging-station", false)));
        assertThat(policies.decide(
                        Requests.usual().device("W-1").of("wayne", null).facts()))
                .isInstanceOfSatisfying(
                        PolicyOutcome.Pending.class,
                        pending -> assertThat(pending.policy()).isEqualTo("everybody-else"));
    }

    @ParameterizedTest
    @MethodSource("sections")
    void theExampleUsesEveryKey(String heading, List<String> keys) throws IOException {
        var example = Files.readString(EXAMPLE);
        assertThat(keys)
                .as(heading)
                .allSatisfy(key -> assertThat(example)
                        .containsPattern(Pattern.compile("^ *(- )?" + key + ":", Pattern.MULTILINE)));
    }
}
