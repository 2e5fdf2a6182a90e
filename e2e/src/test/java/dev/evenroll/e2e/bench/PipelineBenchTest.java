package dev.evenroll.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.evenroll.cli.Evenroll;
import dev.evenroll.cli.trust.SoftToken;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// The benchmark of the pipeline, as small as it goes: that it runs, and says what it promises to say. Its figures are
/// worth nothing here.
class PipelineBenchTest {

    @TempDir
    private Path directory = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @Test
    void aSmallRunSaysEverything() throws Exception {
        var kept = SoftToken.module().isPresent() ? "token" : "file";
        var status = run(
                "--enrollments",
                "20",
                "--warm-up",
                "0",
                "--rounds",
                "1",
                "--quick-start",
                "--ca-key",
                kept,
                "--directory",
                directory.toString(),
                "--output",
                "json");

        assertThat(status).as(errors.toString()).isZero();
        var result = new JsonMapper().readTree(out.toString()).get(kept.equals("token") ? "softHsm" : "softwareKey");
        for (var figure :
                new String[] {"floorCpuMicros", "issuerCpuMicros", "pipelineCpuMicros", "pipelineOverFloor", "perSecond"
                }) {
            assertThat(result.get(figure).asDouble()).as(figure).isPositive();
        }
        assertThat(result.get("cpuMicrosByProcess").properties())
                .extracting(entry -> entry.getKey())
                .containsExactly(
                        "broker",
                        "enroll-gateway",
                        "csr-validator",
                        "issuer",
                        "revocation-service",
                        "audit-sink",
                        "generator");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aSizeThatMeasuresNothingIsRefusedInWords() {
        assertThat(run("--enrollments", "9")).isEqualTo(2);
        assertThat(errors.toString()).contains("--enrollments: is 9; give at least 10.");
    }

    private int run(String... arguments) {
        return Evenroll.failingInWords(new CommandLine(new PipelineBenchCommand()))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(errors, true))
                .execute(arguments);
    }
}
