package dev.evenroll.validator.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenroll.pki.Pem;
import dev.evenroll.pki.path.AnchorDirectory;
import dev.evenroll.policy.PolicyFile;
import dev.evenroll.policy.profile.AdmissibleProfiles;
import dev.evenroll.validator.simulation.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Trust anchors, policies and blocked keys come into force without a restart, and a change that can not be used
/// changes nothing but is reported once.
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class ConfigurationWatchTest {

    private static final String ONE = "ab".repeat(32);
    private static final String OTHER = "cd".repeat(32);

    @TempDir
    private Path directory;

    private final Installation installation = new Installation();
    private final List<String> reported = new ArrayList<>();
    private Path keys;
    private Path policies;
    private Path anchors;
    private BlockedKeyFile keyFile;
    private PolicyFile policyFile;
    private AnchorDirectory anchorDirectory;
    private ConfigurationWatch watch;

    @BeforeEach
    void open() throws Exception {
        keys = Files.writeString(directory.resolve("keys"), ONE + "\n");
        policies = Files.writeString(directory.resolve("policies.yaml"), policies("one"));
        anchors = Files.createDirectories(directory.resolve("anchors"));
        Files.writeString(
                anchors.resolve("acme.pem"), Pem.encode(installation.acme().certificate()));
        keyFile = BlockedKeyFile.open(keys);
        policyFile = PolicyFile.open(policies, AdmissibleProfiles.builtIn());
        anchorDirectory = AnchorDirectory.open(anchors);
        watch = new ConfigurationWatch(
                List.of(
                        Followed.blockedKeys("keys", keyFile),
                        Followed.policies("policies", policyFile),
                        Followed.anchors("anchors", anchorDirectory)),
                (property, problem) -> reported.add(property + ": " + problem));
    }

    @Test
    void whatHasChangedComesIntoForce() throws IOException {
        watch.look();
        assertThat(keyFile.current()).containsExactly(ONE);

        Files.writeString(keys, "# published\n" + ONE + "\n\n" + OTHER.toUpperCase(Locale.ROOT) + " # ours\n");
        Files.writeString(policies, policies("second"));
        Files.writeString(
                anchors.resolve("globex.pem"), Pem.encode(installation.globex().certificate()));
        watch.look();

        assertThat(keyFile.current()).containsExactlyInAnyOrder(ONE, OTHER);
        assertThat(policyFile.current().version()).startsWith("second@");
        assertThat(anchorDirectory.current().names()).containsExactly("acme", "globex");
        assertThat(reported).isEmpty();
    }

    @Test
    void whatCanNotBeUsedChangesNothingAndIsReportedOnce() throws IOException {
        Files.writeString(keys, ONE + "\nnot a key\n");
        Files.writeString(policies, "version: 2\n");
        Files.writeString(anchors.resolve("globex.pem"), "garbage");
        watch.look();
        watch.look();
        watch.look();

        assertThat(keyFile.current()).containsExactly(ONE);
        assertThat(policyFile.current().version()).startsWith("one@");
        assertThat(anchorDirectory.current().names()).containsExactly("acme");
        assertThat(reported).hasSize(3);
        assertThat(reported.getFirst())
                .isEqualTo("keys: " + keys
                        + ":2: is not 64 hexadecimal digits; write the SHA-256 of a SubjectPublicKeyInfo");
        assertThat(reported.get(1)).startsWith("policies: " + policies + ":1:");

        Files.writeString(keys, OTHER + "\n" + ONE);
        watch.look();
        assertThat(keyFile.current()).containsExactlyInAnyOrder(ONE, OTHER);
    }

    @Test
    void aListOfKeysThatIsGoneStaysInForce() throws IOException {
        Files.delete(keys);
        watch.look();
        watch.look();
        assertThat(keyFile.current()).containsExactly(ONE);
        assertThat(reported).singleElement().asString().endsWith("; put it back");
    }

    @Test
    void aListOfKeysThatIsNoneStopsTheStart() throws IOException {
        Files.writeString(keys, "x");
        assertThatThrownBy(() -> BlockedKeyFile.open(keys))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(keys + ":1: is not 64 hexadecimal digits; write the SHA-256 of a SubjectPublicKeyInfo");
    }

    private static String policies(String version) {
        return """
                version: %s
                policies:
                  - name: all
                    match: { manufacturer: acme }
                    decision: allow
                """.formatted(version);
    }
}
