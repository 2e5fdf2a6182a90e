package dev.evenroll.policy.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.profile.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// docs/PROFILES.md and deploy/profiles/example.yaml say what the code does.
class ProfileDocumentationTest {

    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final Path EXAMPLE = PROJECT.resolve("deploy/profiles/example.yaml");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Za-z]+)` \\|");

    private static String page() throws IOException {
        return Files.readString(PROJECT.resolve("docs/PROFILES.md"));
    }

    static Stream<Arguments> sections() {
        return Stream.of(
                Arguments.of("Keys of the file", ProfileFormat.FILE_KEYS),
                Arguments.of("Keys of a profile", ProfileFormat.PROFILE_KEYS),
                Arguments.of("Keys of `subject`", ProfileFormat.SUBJECT_KEYS),
                Arguments.of("Keys of `policies`", ProfileFormat.POLICIES_KEYS),
                Arguments.of("Keys of `renewal`", ProfileFormat.RENEWAL_KEYS),
                Arguments.of("Keys of `environment`", ProfileFormat.ENVIRONMENT_KEYS),
                Arguments.of("Keys of `assurance`", ProfileFormat.ASSURANCE_KEYS));
    }

    @ParameterizedTest
    @MethodSource("sections")
    void everyKeyIsDocumentedInItsPlace(String heading, List<String> keys) throws IOException {
        var section = page().split("\n## " + heading + "\n", 2)[1].split("\n## ", 2)[0];
        assertThat(ROW.matcher(section).results().map(row -> row.group(1))).containsExactlyElementsOf(keys);
    }

    @ParameterizedTest
    @MethodSource("sections")
    void theExampleUsesEveryKey(String heading, List<String> keys) throws IOException {
        var example = Files.readString(EXAMPLE);
        assertThat(keys)
                .as(heading)
                .allSatisfy(key -> assertThat(example)
                        .containsPattern(Pattern.compile("^ *(- )?([^#\\n]*[{ ])?" + key + ":", Pattern.MULTILINE)));
    }

    @Test
    void theExampleCanBeUsed() throws Exception {
        var profiles = ProfileFile.open(EXAMPLE, "http://crl.example/ca.crl").profiles();
        assertThat(profiles)
                .extracting(Profile::name)
                .containsExactly("charging-station", "v2g-secc", "ocsp-responder", "charging-station-ml-dsa");
    }

    @Test
    void theTableOfBuiltInProfilesIsTrue() throws Exception {
        for (var profile : ProfileFile.builtIn("http://crl.example/ca.crl").profiles()) {
            var row = page().lines()
                    .filter(line -> line.startsWith("| `" + profile.name() + "` |"))
                    .findFirst()
                    .orElseThrow();
            assertThat(row)
                    .contains(days(profile.validity()) + " less up to " + days(profile.jitter()))
                    .contains(profile.subject().domainComponents().isEmpty() ? "" : "DC = CPO")
                    .contains(profile.subject().organization() ? "O = owner" : "");
        }
    }

    private static String days(Duration duration) {
        return duration.toHours() % 24 == 0 ? "P" + duration.toDays() + "D" : duration.toString();
    }
}
