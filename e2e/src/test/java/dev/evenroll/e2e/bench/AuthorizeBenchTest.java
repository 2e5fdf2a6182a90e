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

/// The benchmark of connection authorization, as small as it goes: that it runs, and says what it promises to say. Its
/// figures are worth nothing here.
class AuthorizeBenchTest {

    @TempDir
    private Path directory = Path.of("");

    @Test
    void aSmallRunSaysEverything() throws Exception {
        var out = new StringWriter();
        var errors = new StringWriter();
        var status = Evenroll.failingInWords(new CommandLine(new AuthorizeBenchCommand()))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(errors, true))
                .execute(
                        "--rate",
                        "64",
                        "--seconds",
                        "2",
                        "--devices",
                        "2",
                        "--quick-start",
                        "--directory",
                        directory.toString(),
                        "--output",
                        "json");

        assertThat(status).as(errors.toString()).isZero();
        var result = new JsonMapper().readTree(out.toString());
        assertThat(result.get("questions").asInt()).isEqualTo(128);
        for (var figure : new String[] {"p50Millis", "p99Millis", "mostMillis"}) {
            assertThat(result.get(figure).asDouble()).as(figure).isPositive();
        }
        assertThat(directory).isEmptyDirectory();
    }
}
