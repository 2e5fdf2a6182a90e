package dev.evenroll.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenroll.policy.PolicyFile.Refresh;
import dev.evenroll.policy.profile.AdmissibleProfiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyFileTest {

    private static final String FIRST = """
            version: one
            policies: [{ name: listed, match: { allowList: devices.txt }, decision: allow }]
            """;

    @TempDir
    private Path directory = Path.of("");

    private Path file = Path.of("");
    private Path list = Path.of("");
    private Instant lastWrite = Instant.parse("2026-11-22T12:00:00Z");

    @BeforeEach
    void written() throws IOException {
        file = directory.resolve("policies.yaml");
        list = directory.resolve("devices.txt");
        write(file, FIRST);
        write(list, "CP-1\n");
    }

    /// Each write is a second after the one before, whatever the file system's clock makes of it.
    private void write(Path target, String content) throws IOException {
        Files.writeString(target, content);
        lastWrite = lastWrite.plusSeconds(1);
        Files.setLastModifiedTime(target, FileTime.from(lastWrite));
    }

    private String inForce(PolicyFile policies) {
        return policies.current().version().replaceAll("@.*", "");
    }

    @Test
    void isReadAgainWhenItHasChanged() throws Exception {
        var policies = PolicyFile.open(file, AdmissibleProfiles.builtIn());
        assertThat(policies.refresh()).isEqualTo(new Refresh.Unchanged());
        write(file, FIRST.replace("one", "two"));
        assertThat(policies.refresh()).isEqualTo(new Refresh.Changed(policies.current()));
        assertThat(inForce(policies)).isEqualTo("two");
        assertThat(policies.refresh()).isEqualTo(new Refresh.Unchanged());
    }

    @Test
    void isReadAgainWhenAListThatItNamesHasChanged() throws Exception {
        var policies = PolicyFile.open(file, AdmissibleProfiles.builtIn());
        var before = policies.current();
        write(list, "CP-1\nCP-2\n");
        assertThat(policies.refresh()).isInstanceOf(Refresh.Changed.class);
        assertThat(policies.current().version()).isNotEqualTo(before.version());
        assertThat(policies.current()
                        .decide(Requests.usual().device("CP-2").facts())
                        .policy())
                .isEqualTo("listed");
        assertThat(before.decide(Requests.usual().device("CP-2").facts()).policy())
                .isEmpty();
    }

    @Test
    void theSameContentWrittenAgainIsNoChange() throws Exception {
        var policies = PolicyFile.open(file, AdmissibleProfiles.builtIn());
        write(file, FIRST);
        assertThat(policies.refresh()).isEqualTo(new Refresh.Unchanged());
    }

    @Test
    void whatCanNotBeUsedLeavesTheFormerInForceAndIsSaidOnce() throws Exception {
        var policies = PolicyFile.open(file, AdmissibleProfiles.builtIn());
        write(file, FIRST.replace("one", "two").replace("decision: allow", "decision: maybe"));
        assertThat(policies.refresh())
                .isInstanceOfSatisfying(
                        Refresh.Unusable.class,
                        unusable -> assertThat(unusable.problems())
                                .containsExactly(file
                                        + ":2:73: decision: \"maybe\" is unknown; write allow or approve or refuse"));
        assertThat(inForce(policies)).isEqualTo("one");
        assertThat(policies.refresh()).isEqualTo(new Refresh.Unchanged());
        write(file, FIRST);
        assertThat(policies.refresh()).isEqualTo(new Refresh.Changed(policies.current()));
    }

    @Test
    void aBrokenListLeavesTheFormerInForceUntilItIsMended() throws Exception {
        var policies = PolicyFile.open(file, AdmissibleProfiles.builtIn());
        Files.delete(list);
        assertThat(policies.refresh()).isInstanceOf(Refresh.Unusable.class);
        assertThat(policies.refresh()).isEqualTo(new Refresh.Unchanged());
        assertThat(inForce(policies)).isEqualTo("one");
        write(list, "CP-3\n");
        assertThat(policies.refresh()).isInstanceOf(Refresh.Changed.class);
    }

    @Test
    void aMissingFileLeavesTheFormerInForce() throws Exception {
        var policies = PolicyFile.open(file, AdmissibleProfiles.builtIn());
        Files.delete(file);
        assertThat(policies.refresh())
                .isEqualTo(new Refresh.Unusable(List.of(file + ": can not be read"
                        + " (java.nio.file.NoSuchFileException: " + file + "); put it back")));
        assertThat(inForce(policies)).isEqualTo("one");
        write(file, FIRST);
        assertThat(policies.refresh()).isInstanceOf(Refresh.Changed.class);
    }

    @Test
    void followsALinkThatIsMadeToLeadElsewhere() throws Exception {
        var link = directory.resolve("link.yaml");
        Files.createSymbolicLink(link, file);
        var policies = PolicyFile.open(link, AdmissibleProfiles.builtIn());
        var other = directory.resolve("other.yaml");
        write(other, FIRST.replace("one", "two"));
        Files.delete(link);
        Files.createSymbolicLink(link, other);
        assertThat(policies.refresh()).isInstanceOf(Refresh.Changed.class);
        assertThat(inForce(policies)).isEqualTo("two");
    }

    @Test
    void isNotOpenedWhenItCanNotBeUsed() throws Exception {
        assertThatThrownBy(() -> PolicyFile.open(directory.resolve("absent.yaml"), AdmissibleProfiles.builtIn()))
                .isInstanceOf(NoSuchFileException.class);
        write(file, "");
        assertThatThrownBy(() -> PolicyFile.open(file, AdmissibleProfiles.builtIn()))
                .isInstanceOf(UnusablePolicyException.class)
                .hasMessage("line 1, column 1: file: is empty; write version and policies");
    }

    @Test
    void isUtf8() throws Exception {
        Files.write(file, "version: one\n# Gr\u00fc\u00dfe\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> PolicyFile.open(file, AdmissibleProfiles.builtIn()))
                .hasMessage("line 2, column 5: file: is not UTF-8 from here on; save it as UTF-8");
    }
}
