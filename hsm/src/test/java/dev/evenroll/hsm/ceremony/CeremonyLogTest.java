package dev.evenroll.hsm.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.evenroll.pki.Der;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The record of a ceremony: each line names the one before.
final class CeremonyLogTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path directory;

    private static CeremonyEntry entry(String authority, String operator) {
        return entry("2026-11-22T10:00:00Z", authority, operator);
    }

    private static CeremonyEntry entry(String at, String authority, String operator) {
        return new CeremonyEntry(
                "",
                at,
                CeremonyStep.ROOT_CREATED,
                "staging",
                operator,
                authority,
                "CN=Example \"Root\" CA 1 (staging)",
                "0a1b",
                "01",
                "2026-11-22T09:55:00Z",
                "2046-11-22T09:54:59Z",
                "",
                "key \"staging-root-1\" in the token \"issuing\"",
                "ff");
    }

    private Path written() throws Exception {
        var file = directory.resolve("ceremony.jsonl");
        var log = CeremonyLog.read(file);
        log.add(entry("root-1", "Ada"));
        log.add(entry("root-2", "Änne\t\\ \u0001"));
        log.add(entry("root-3", "Ada"));
        return file;
    }

    @Test
    void linesAreReadAgain() throws Exception {
        var entries = CeremonyLog.read(written()).entries();
        assertThat(entries).hasSize(3);
        assertThat(entries.get(1).operator()).isEqualTo("Änne\t\\ \u0001");
        assertThat(entries.get(2).previous()).isEqualTo(entries.get(1).id());
    }

    /// The form that others verify: the SHA-256 of the object without its id, members in their order, no white space.
    @Test
    void theIdIsTheDigestOfTheRest() throws Exception {
        var line = Files.readAllLines(written()).getFirst();
        assertThat(line)
                .startsWith("{\"id\":\"")
                .contains("\",\"previous\":\"\",\"at\":\"2026-11-22T10:00:00Z\",\"step\":\"root-created\",")
                .endsWith(
                        "\"key\":\"key \\\"staging-root-1\\\" in the token \\\"issuing\\\"\",\"certificateSha256\":\"ff\"}");
        var id = line.substring(7, 71);
        var rest = "{" + line.substring(73);
        assertThat(Der.of(rest.getBytes(StandardCharsets.UTF_8)).sha256Hex()).isEqualTo(id);
    }

    @Test
    void aChangedLineIsRefusedWithWhatToDo() throws Exception {
        var file = written();
        Files.writeString(file, Files.readString(file).replace("root-2", "root-9"));
        assertThatExceptionOfType(CeremonyException.class)
                .isThrownBy(() -> CeremonyLog.read(file))
                .withMessage(
                        "The record " + file + " is not as the ceremony wrote it: line 2: id: is not the SHA-256 of "
                                + "its content. Nothing is done before it is whole again: find out who changed it, compare it "
                                + "with the audit log, which has every line (evenroll audit tail), and restore the file from a "
                                + "backup.");
    }

    @Test
    void aLineThatWasLeftOutIsMissed() throws Exception {
        var file = written();
        var lines = Files.readAllLines(file);
        Files.write(file, List.of(lines.get(0), lines.get(2)));
        assertThatExceptionOfType(CeremonyException.class)
                .isThrownBy(() -> CeremonyLog.read(file))
                .withMessageContaining("line 2: previous: is not the id of the line before");
        Files.writeString(file, lines.get(0));
        assertThatExceptionOfType(CeremonyException.class)
                .isThrownBy(() -> CeremonyLog.read(file))
                .withMessageContaining("line 1: is cut off");
    }

    /// Whoever can write the file could end the issuer with it, which publishes each line as an event.
    @ParameterizedTest
    @ValueSource(strings = {"+300000000-01-01T00:00:00Z", "-300000000-01-01T00:00:00Z", "yesterday", ""})
    void aLineWhoseTimeNoEventCanCarryIsRefused(String at) throws Exception {
        var file = directory.resolve("ceremony.jsonl");
        Files.writeString(file, entry(at, "root-1", "Ada").line() + "\n");
        assertThatExceptionOfType(CeremonyException.class)
                .isThrownBy(() -> CeremonyLog.read(file))
                .withMessageContaining("line 1: at: is no time of a ceremony. ");
    }

    @Test
    void aLineThatNoEventHasRoomForIsNeitherReadNorWritten() throws Exception {
        var file = directory.resolve("ceremony.jsonl");
        var endless = entry("root-1", "A".repeat(100_000));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> CeremonyLog.read(file).add(endless))
                .withMessageContaining("; give a shorter name of the operator.");
        Files.writeString(file, endless.line() + "\n");
        assertThatExceptionOfType(CeremonyException.class)
                .isThrownBy(() -> CeremonyLog.read(file))
                .withMessageContaining("characters, and the ceremony writes at most 100000. ");
    }

    /// No changed bit passes, and nothing but the one exception is thrown.
    @Test
    void everyChangeIsSeen() throws Exception {
        var file = written();
        byte[] good = Files.readAllBytes(file);
        var random = new Random(3);
        for (int i = 0; i < 3000; i++) {
            byte[] bad = good.clone();
            int at = random.nextInt(bad.length);
            bad[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, bad);
            assertThatExceptionOfType(CeremonyException.class)
                    .as("byte %s", at)
                    .isThrownBy(() -> CeremonyLog.read(file));
        }
    }
}
