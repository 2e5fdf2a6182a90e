package dev.evenroll.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.cli.ExitCode;
import dev.evenroll.cli.command.CommandLineFixture.Run;
import dev.evenroll.cli.output.Json;
import dev.evenroll.hsm.authority.CeremonyDirectory;
import dev.evenroll.hsm.pkcs11.SoftHsm;
import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.identity.AuthorityName;
import dev.evenroll.pki.path.AuthorityDirectory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `evenroll ca`, as an operator types it.
final class CaCommandTest {

    @TempDir
    private Path directory = Path.of("");

    private Run ca(String... arguments) {
        return CommandLineFixture.execute(line(arguments));
    }

    private Run answering(String typed, String... arguments) {
        return CommandLineFixture.executeAnswering(typed, line(arguments));
    }

    private static List<String> line(String... arguments) {
        var line = new ArrayList<>(List.of("ca"));
        line.addAll(List.of(arguments));
        return line;
    }

    private String at(String name) {
        return directory.resolve(name).toString();
    }

    private Run init(String name, String... further) {
        var arguments = new ArrayList<>(List.of("init", "--directory", at(name), "--environment", "staging"));
        arguments.addAll(List.of("--organization", "Example", "--yes"));
        arguments.addAll(List.of(further));
        return ca(arguments.toArray(String[]::new));
    }

    @Test
    void softwareKeysForTestsAreMadeListedAndShown() throws Exception {
        var made = init("ca", "--software");
        assertThat(made.exitCode()).isZero();
        assertThat(made.err())
                .startsWith("Warning: a software key is made, in a file. Whoever reads that file has the"
                        + " key: for tests only.\n");
        assertThat(made.out()).contains("root-created root-1: done\n", "issuing-created issuing-1: done\n");
        var again = init("ca", "--software");
        assertThat(again.out())
                .contains("root-created root-1: was done already\n", "issuing-created issuing-1: was done already\n");

        assertThat(ca("list", "--directory", at("ca")).out())
                .contains("issuing-1  active", "CN=Example Issuing CA 1 (staging),O=Example");
        var chain = CeremonyDirectory.of(directory.resolve("ca")).chains().get(new AuthorityName("issuing-1"));
        var certificate = Objects.requireNonNull(chain).getFirst();
        assertThat(ca("show", "issuing-1", "--directory", at("ca")).out())
                .contains(
                        "path length    0",
                        CaFacts.spoken(Certificates.sha256(certificate)),
                        "issuing-created issuing-1 by ");
        assertThat(ca("show", "issuing-1", "--pem", "--directory", at("ca")).out())
                .isEqualTo(Files.readString(directory.resolve("ca/chains/issuing-1.pem")));
        var json = Json.parse(
                ca("list", "--directory", at("ca"), "--output", "json").out().getBytes(StandardCharsets.UTF_8));
        assertThat(json.get("authorities").get(1).get("state").textValue()).isEqualTo("active");
    }

    @Test
    void nothingIsMadeWhenNobodyAgrees() {
        var asked = answering("n\n", "init", "--directory", at("ca"), "--environment", "staging", "--software");
        assertThat(asked.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(asked.err())
                .contains(
                        "The root root-1 will be made: P-384, software key in root-1.p12, for tests only, for 7300 days.")
                .contains("Make the root? [y/N] ");
        assertThat(directory.resolve("ca/roots/root-1.p12")).doesNotExist();
        assertThat(directory.resolve("ca/ceremony.jsonl")).doesNotExist();
    }

    @Test
    void whatDoesNotFitIsSaid() {
        assertThat(init("ca").err()).contains("--module is missing: give --module, --token-label and --pin-file");
        assertThat(init("ca", "--software", "--module", "x").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(init("ca", "--root-only", "--root-offline").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(init("ca", "--software", "--key-type", "P-521").err()).contains("'P-521' is no type of key");
        assertThat(init("ca", "--software", "--validity", "2m").err())
                .contains("'2m' is less than a day, too short for a CA; write 1825d, for example");
        assertThat(init("ca", "--software", "--validity", "9000d").err())
                .contains(
                        "Nothing was signed:\n  validity: notAfter: ",
                        "give a shorter validity, or roll the root over");
        assertThat(ca("list", "--directory", at("none")).exitCode()).isZero();
        assertThat(ca("rollover", "--directory", at("none"), "--active-from", "1d", "--yes")
                        .err())
                .contains("There are no CAs in " + at("none") + "; make them with `evenroll ca init`");
    }

    /// Nobody is asked about what can not be done.
    @Test
    void aCaThatIsNotThereIsNotAnnouncedAsTheActiveOne() {
        init("ca", "--software");
        var asked = answering("y\n", "activate", "issuing-9", "--directory", at("ca"), "--active-from", "1d");
        assertThat(asked.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(asked.err()).isEqualTo("evenroll: There is no issuing CA issuing-9; there are [issuing-1].\n");
    }

    @Test
    void casThatNoCeremonyHasMadeAreNotRolledOver() throws Exception {
        Files.createDirectories(Path.of(at("local")).resolve("chains"));
        assertThat(ca("rollover", "--directory", at("local"), "--active-from", "1d", "--yes")
                        .err())
                .contains("The CAs in " + at("local") + " were not made by a ceremony: there is no record of one, as in"
                        + " a local stack that an earlier version has made. Make CAs in a directory of their own with"
                        + " `evenroll ca init`");
    }

    @Test
    void issuingCaAndRootAreRolledOver() throws Exception {
        init("ca", "--software");
        assertThat(ca("rollover", "--directory", at("ca"), "--active-from", "30d", "--yes")
                        .exitCode())
                .isZero();
        assertThat(ca("rollover", "--directory", at("ca"), "--active-from", "40d", "--yes")
                        .err())
                .contains("issuing-2 is the next CA already");
        assertThat(ca("activate", "issuing-2", "--directory", at("ca"), "--active-from", "20d", "--yes")
                        .exitCode())
                .isZero();
        var root = ca(
                "rollover", "--directory", at("ca"), "--root", "--name", "issuing-3", "--active-from", "60d", "--yes");
        assertThat(root.exitCode()).isZero();
        assertThat(root.out())
                .contains("cross-certified root-2-by-root-1: done", "cross-certified root-1-by-root-2: done");
        var read = AuthorityDirectory.open(directory.resolve("ca")).current();
        assertThat(read.byName()).hasSize(3);
        assertThat(read.cross()).hasSize(2);
    }

    /// Two tokens, one for each side; the PIN of the root's is typed.
    @Test
    void aRootThatIsOfflineCertifiesWhatWasCarried() throws Exception {
        var softHsm = SoftHsm.in(directory);
        softHsm.initialize("issuing");
        softHsm.initialize("root");
        var pin = directory.resolve("pin");
        Files.writeString(pin, SoftHsm.PIN);
        Files.setPosixFilePermissions(pin, PosixFilePermissions.fromString("rw-------"));
        var module = SoftHsm.module().toString();
        var request = init(
                "ca", "--root-offline", "--module", module, "--token-label", "issuing", "--pin-file", pin.toString());
        assertThat(request.exitCode()).as(request.err()).isZero();
        assertThat(ca("list", "--directory", at("ca")).out()).contains("waiting for its certificate");

        var root = answering(
                "y\n" + SoftHsm.PIN + "\n",
                "init",
                "--directory",
                at("root"),
                "--environment",
                "staging",
                "--root-only",
                "--root-module",
                module,
                "--root-token-label",
                "root");
        assertThat(root.exitCode()).as(root.err()).isZero();
        var signed = answering(
                "y\n" + SoftHsm.PIN + "\n",
                "sign",
                at("ca/requests/issuing-1.pem"),
                "--directory",
                at("root"),
                "--out",
                at("chain.pem"));
        assertThat(signed.exitCode()).as(signed.err()).isZero();

        assertThat(ca("install", at("chain.pem"), "--directory", at("ca"), "--yes")
                        .err())
                .contains("is new here, and no root that is known here has certified it");
        assertThat(ca("install", at("chain.pem"), "--directory", at("ca"), "--yes", "--root-fingerprint", "00")
                        .err())
                .contains("not the one given. Nothing is installed");
        var certificate =
                CeremonyDirectory.of(directory.resolve("root")).roots().get(new AuthorityName("root-1"));
        var installed = ca(
                "install",
                at("chain.pem"),
                "--directory",
                at("ca"),
                "--yes",
                "--root-fingerprint",
                CaFacts.spoken(Certificates.sha256(Objects.requireNonNull(certificate))));
        assertThat(installed.exitCode()).as(installed.err()).isZero();
        assertThat(AuthorityDirectory.open(directory.resolve("ca")).current().byName())
                .hasSize(1);
        assertThat(Files.readString(directory.resolve("root/ceremony.jsonl")) + signed.out() + signed.err())
                .doesNotContain(SoftHsm.PIN);
    }
}
