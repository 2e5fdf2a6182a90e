package dev.evenroll.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenroll.cli.policy.DecisionLine.UnusableLineException;
import dev.evenroll.cli.policy.RecordedDecisions.BadLine;
import dev.evenroll.policy.DeviceKnowledge;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RecordedDecisionsTest {

    private static final RecordedDecision FULL =
            Recorded.of("B", 1, "quarantined", "alice", Decision.REFUSED, List.of("policy-none", "key-claim"));

    @TempDir
    private Path directory = Path.of("");

    private RecordedDecisions read(String content) throws IOException {
        return RecordedDecisions.read(Files.writeString(directory.resolve("events.ndjson"), content));
    }

    @Test
    void readsWhatItWrites() throws Exception {
        var file = directory.resolve("written.ndjson");
        try (var written = DecisionFile.begin(file)) {
            written.add(FULL);
            written.add(Recorded.allowed("A", 0));
            assertThat(file).doesNotExist();
            written.complete();
            assertThat(written.decisions()).isEqualTo(2);
        }
        assertThat(Files.readString(file)).startsWith("""
                {"decidedAt":"2026-11-22T12:01:00Z","enrollmentId":"enrollment-of-B","deviceId":"B",\
                "manufacturer":"acme","model":"X1","deviceState":"quarantined","remoteAddress":"10.1.2.3",\
                "attested":false,"approver":"alice","policy":"old","version":"v1@000000000000","decision":"refused",\
                "rules":["policy-none","key-claim"]}
                """);
        assertThat(RecordedDecisions.read(file).decisions()).containsExactly(Recorded.allowed("A", 0), FULL);
        assertThat(directory).isDirectoryNotContaining(path -> !path.equals(file));
    }

    @Test
    void leavesNothingOfAFileThatIsNotComplete() throws Exception {
        try (var written = DecisionFile.begin(directory.resolve("written.ndjson"))) {
            written.add(FULL);
        }
        assertThat(directory).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "\"deviceId\":\"B\"~\"x\":1~deviceId: is missing",
                "\"deviceId\":\"B\"~\"deviceId\":7~deviceId: is no text",
                "\"model\":\"X1\"~\"model\":{}~model: is no text",
                "\"attested\":false~\"attested\":\"no\"~attested: is neither true nor false",
                "2026-11-22T12:01:00Z~yesterday~decidedAt: is no point in time like 2026-11-22T12:00:00Z",
                "refused\"~maybe\"~decision: is neither allowed, pending nor refused",
                "\"key-claim\"~7~rules: holds something else than names of rules",
            })
    void saysWhichLineIsBadAndWhy(String before, String after, String reason) throws IOException {
        var good = DecisionLine.write(FULL);
        var read = read(good + "\n\n" + good.replace(before, after) + "\n" + good + "\n");
        assertThat(read.badLines()).containsExactly(new BadLine(3, reason));
        assertThat(read.decisions()).containsExactly(FULL, FULL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[1]", "7", "null", "nonsense", "{} {}"})
    void aLineIsOneJsonObject(String line) throws IOException {
        assertThat(read(line + "\n").badLines())
                .containsExactly(
                        new BadLine(1, "is no JSON object; each line is one, as evenroll policy record writes them"));
    }

    @Test
    void aLineHasABound() {
        assertThatThrownBy(() -> DecisionLine.read("{" + " ".repeat(100_000)))
                .isInstanceOf(UnusableLineException.class)
                .hasMessage("is longer than 100000 characters; record the events again");
    }

    @ParameterizedTest
    @CsvSource({
        ", UNREGISTERED",
        "registered, ACTIVE",
        "enrolled, ACTIVE",
        "quarantined, QUARANTINED",
        "suspended, BARRED",
        "decommissioned, BARRED",
        "unknown, BARRED",
        "invented, BARRED"
    })
    void knowsWhatAStateMeansToAPolicy(@Nullable String state, DeviceKnowledge expected) {
        assertThat(RecordedDecision.knowledge(state)).isEqualTo(expected);
    }

    /// Whatever a line holds, it is a decision or a bad line.
    @Test
    void survivesRandomBytes() throws IOException {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(45);
        var file = directory.resolve("events.ndjson");
        int bad = 0;
        for (int i = 0; i < 3_000; i++) {
            byte[] line = DecisionLine.write(FULL).getBytes(StandardCharsets.UTF_8);
            for (int changes = random.nextInt(4); changes >= 0; changes--) {
                line[random.nextInt(line.length)] = (byte) random.nextInt(256);
            }
            var read = RecordedDecisions.read(Files.write(file, line));
            assertThat(read.decisions().size() + read.badLines().size()).isPositive();
            bad += read.badLines().isEmpty() ? 0 : 1;
        }
        assertThat(bad).isBetween(1_000, 2_999);
    }
}
