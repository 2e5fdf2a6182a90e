package dev.evenroll.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.cli.command.CommandLineFixture.Run;
import dev.evenroll.cli.trust.CaKey;
import dev.evenroll.cli.trust.NewIssuingKey;
import dev.evenroll.cli.trust.TrustFiles;
import dev.evenroll.cli.trust.TrustMaterial;
import dev.evenroll.hsm.authority.CeremonyDirectory;
import dev.evenroll.hsm.pkcs11.SoftHsm;
import dev.evenroll.pki.identity.AuthorityName;
import dev.evenroll.pki.identity.Environment;
import dev.evenroll.pki.path.AuthorityDirectory;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// `evenroll ca`, on the CAs of a local stack.
final class LocalCaCommandTest {

    @TempDir
    private Path data = Path.of("");

    private Run ca(String... arguments) {
        var line = new ArrayList<>(List.of("ca"));
        line.addAll(List.of(arguments));
        line.addAll(List.of("--data", data.toString()));
        return CommandLineFixture.execute(line);
    }

    private void establish(CaKey where) throws Exception {
        if (where == CaKey.TOKEN) {
            SoftHsm.module();
        }
        var classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .toList();
        TrustMaterial.establish(
                new TrustFiles(data),
                new NewIssuingKey(where, classPath),
                new Environment("test"),
                List.of(),
                List.of(),
                InstantSource.system());
    }

    @ParameterizedTest
    @EnumSource
    void issuingCaAndRootAreRolledOverAsTheyWereMade(CaKey where) throws Exception {
        establish(where);
        assertThat(ca("list").out())
                .contains("root-1     root", "issuing-1  active", "CN=Evenroll Local Issuing CA 1 (test)");

        var before = Instant.now();
        var issuing = ca("rollover", "--yes");
        assertThat(issuing.exitCode()).as(issuing.err()).isZero();
        var directory = CeremonyDirectory.of(data.resolve("ca"));
        var first = Objects.requireNonNull(directory.keys().get(new AuthorityName("issuing-1")));
        var second = Objects.requireNonNull(directory.keys().get(new AuthorityName("issuing-2")));
        assertThat(second.place()).hasSameClassAs(first.place());
        assertThat(second.activeFrom())
                .isBetween(before.plusSeconds(59), Instant.now().plusSeconds(60));
        assertThat(ca("show", "issuing-2").out()).contains("next", "issuing-created issuing-2 by ");

        var root = ca("rollover", "--root", "--name", "issuing-3", "--active-from", "1h", "--yes");
        assertThat(root.exitCode()).as(root.err()).isZero();
        var read = AuthorityDirectory.open(data.resolve("ca")).current();
        assertThat(read.byName()).hasSize(3);
        assertThat(read.cross()).hasSize(2);
    }

    @Test
    void theCasOfAnEarlierVersionAreNotRolledOver() throws Exception {
        establish(CaKey.FILE);
        Files.delete(data.resolve("ca/ceremony.jsonl"));
        assertThat(ca("rollover", "--yes").err())
                .contains("there is no record of one, as in a local stack that an earlier version has made.");
        assertThat(ca("list").out()).contains("issuing-1  active");
    }

    @Test
    void whereNoStackWasStartedThereAreNoCas() {
        assertThat(ca("list").err())
                .isEqualTo("evenroll: No stack was started in " + data
                        + ", so there are no CAs there: run `evenroll up`, name"
                        + " the data directory of a stack with --data, or a directory of CAs with --directory.\n");
    }
}
