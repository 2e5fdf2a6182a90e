package dev.evenroll.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.evenroll.policy.profile.AdmissibleProfiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AllowListFilesTest {

    private static final String YAML = """
            version: v1
            policies:
              - name: listed
                match: { allowList: devices.txt }
                decision: allow
            """;

    @TempDir
    private Path directory = Path.of("");

    private PolicySet read(String list) throws IOException, UnusablePolicyException {
        Files.writeString(directory.resolve("devices.txt"), list);
        return PolicyReader.read(YAML, directory, AdmissibleProfiles.builtIn());
    }

    private String problem(String list) {
        return String.valueOf(
                assertThrows(UnusablePolicyException.class, () -> read(list)).getMessage());
    }

    @Test
    void holdsOneSerialNumberALine() throws Exception {
        var policies = read("\uFEFFCP-1\r\n\n# für später\n  CP-2  \nCP-2");
        var list = policies.policies().getFirst().match().allowList();
        assertThat(list).isEqualTo(new AllowList("devices.txt", Set.of("CP-1", "CP-2")));
        assertThat(list).hasToString("AllowList[devices.txt, 2 serial numbers]");
    }

    /// `sha256sum policies.yaml devices.txt | cut -c 1-64 | sha256sum`
    @Test
    void countsInTheVersion() throws Exception {
        var one = read("CP-1\n").version();
        var other = read("CP-2\n").version();
        assertThat(one).isNotEqualTo(other).isEqualTo(read("CP-1\n").version());
        assertThat(one)
                .isEqualTo("v1@"
                        + Digests.hex(Digests.hex(YAML) + "\n" + Digests.hex("CP-1\n") + "\n")
                                .substring(0, 12));
    }

    @Test
    void mayHoldAMillionLines() throws Exception {
        var lines = IntStream.range(0, 1_000_000).mapToObj(i -> "CP-" + i).collect(Collectors.joining("\n"));
        var list = read(lines).policies().getFirst().match().allowList();
        assertThat(list)
                .isNotNull()
                .satisfies(all -> assertThat(all.serialNumbers()).hasSize(1_000_000));
        assertThat(problem(lines + "\nCP-x\n"))
                .isEqualTo("line 4, column 25: allowList: devices.txt has 1000001 lines; at most 1000000 are read, so"
                        + " split it over two policies");
    }

    @Test
    void saysWhichLineIsWrong() {
        assertThat(problem("CP-1\nCP 2\n\nhttp://CP-3\n"))
                .isEqualTo("line 4, column 25: allowList: devices.txt, line 2: \"CP 2\" is no serial number; write 1 to"
                        + " 64 letters, digits, '.', '_' and '-', like CP-0001; devices.txt, line 4: \"http://CP-3\" is"
                        + " no serial number; write 1 to 64 letters, digits, '.', '_' and '-', like CP-0001");
        assertThat(problem("!\n".repeat(12))).contains("line 10: \"!\"").endsWith("; and more in the lines after that");
        assertThat(problem("# nobody\n"))
                .isEqualTo("line 4, column 25: allowList: devices.txt holds no serial number; write at least one");
    }

    @Test
    void mustBeThere() {
        var missing = assertThrows(
                UnusablePolicyException.class, () -> PolicyReader.read(YAML, directory, AdmissibleProfiles.builtIn()));
        assertThat(missing)
                .hasMessage("line 4, column 25: allowList: the file " + directory.resolve("devices.txt")
                        + " can not be read (NoSuchFileException); put it there, or correct its name");
        var wrong = assertThrows(
                UnusablePolicyException.class,
                () -> PolicyReader.read(YAML.replace("devices.txt", "."), directory, AdmissibleProfiles.builtIn()));
        assertThat(wrong.getMessage()).contains(" is a directory, or larger than 80 MB; ");
        var strange = assertThrows(
                UnusablePolicyException.class,
                () -> PolicyReader.read(
                        YAML.replace("devices.txt", "\"a\\0b\""), directory, AdmissibleProfiles.builtIn()));
        assertThat(strange.getMessage()).contains("\"a?b\" is no name of a file; write one like devices.txt");
    }
}
