package dev.evenroll.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.evenroll.cli.Evenroll;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// The benchmark of the inventory, as small as it goes: that it runs, and says what it promises to say. Its figures are
/// worth nothing here.
class InventoryBenchTest {

    @TempDir
    private Path directory = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter errors = new StringWriter();

    private int bench(String... arguments) {
        return Evenroll.failingInWords(new CommandLine(new InventoryBenchCommand()))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(errors, true))
                .execute(arguments);
    }

    @Test
    void aSmallRunSaysEverything() throws Exception {
        var status = bench(
                "--certificates",
                "2000",
                "--due",
                "50",
                "--rounds",
                "1",
                "--quick-start",
                "--directory",
                directory.toString(),
                "--output",
                "json");

        assertThat(status).as(errors.toString()).isZero();
        var result = new JsonMapper().readTree(out.toString());
        assertThat(result.get("certificates").asInt()).isEqualTo(2_000);
        for (var figure : new String[] {
            "enteredPerSecond",
            "bytesPerCertificate",
            "restoreSeconds",
            "tickMillisAtTenth",
            "tickMillis",
            "tickCostRatio",
            "revocationsPerSecond",
            "revocationsFlatRatio",
            "crlShardMillis"
        }) {
            assertThat(result.get(figure).asDouble()).as(figure).isPositive();
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void moreCanNotBeDueThanThereAre() {
        assertThat(bench("--certificates", "2000", "--due", "50", "--rounds", "5"))
                .isEqualTo(2);
        assertThat(errors.toString())
                .startsWith("--due: is 50; at most 25 of 2000 certificates can be due at each moment.");
    }
}
