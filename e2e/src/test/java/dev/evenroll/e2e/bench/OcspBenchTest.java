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

/// The benchmark of OCSP, as small as it goes: that it runs, believes what it is answered, and says what it promises to
/// say. Its figures are worth nothing here.
class OcspBenchTest {

    @TempDir
    private Path directory = Path.of("");

    @Test
    void aSmallRunSaysEverything() throws Exception {
        var out = new StringWriter();
        var errors = new StringWriter();
        var status = Evenroll.failingInWords(new CommandLine(new OcspBenchCommand()))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(errors, true))
                .execute(
                        "--certificates",
                        "2",
                        "--seconds",
                        "1",
                        "--rounds",
                        "1",
                        "--quick-start",
                        "--directory",
                        directory.toString(),
                        "--output",
                        "json");

        assertThat(status).as(errors.toString()).isZero();
        var result = new JsonMapper().readTree(out.toString());
        assertThat(result.get("certificates").asInt()).isEqualTo(2);
        for (var figure : new String[] {
            "cachedPerSecond",
            "signedPerSecond",
            "signFloorPerSecond",
            "cachedClosingPerSecond",
            "opensslPerSecond",
            "overOpenssl",
            "signedOverOpenssl",
            "closingOverOpenssl"
        }) {
            assertThat(result.get(figure).asDouble()).as(figure).isPositive();
        }
        assertThat(directory).isEmptyDirectory();
    }
}
