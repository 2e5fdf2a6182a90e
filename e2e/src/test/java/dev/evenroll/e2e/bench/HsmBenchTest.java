package dev.evenroll.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.evenroll.cli.Evenroll;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/// The benchmark of the signing, as small as it goes: that it runs, and that several sessions are at work at once.
class HsmBenchTest {

    private static final int SESSIONS = 8;
    private static final int MILLIS = 50;

    @TempDir
    private Path directory = Path.of("");

    @Test
    void aSmallRunKeepsSeveralSessionsBusy() throws Exception {
        var out = new StringWriter();
        var errors = new StringWriter();
        var status = bench(
                out,
                errors,
                "--latency",
                MILLIS + "ms",
                "--sessions",
                Integer.toString(SESSIONS),
                "--signatures",
                "400",
                "--directory",
                directory.toString(),
                "--output",
                "json");

        assertThat(status).as(errors.toString()).isZero();
        var result = new JsonMapper().readTree(out.toString());
        assertThat(result.get("latencyMillis").asInt()).isEqualTo(MILLIS);
        assertThat(result.get("sessions").asInt()).isEqualTo(SESSIONS);
        // One by one it would be 20 a second, and never more than 160: the delay and the sessions are real.
        assertThat(result.get("signaturesPerSecond").asDouble())
                .isBetween(2 * 1_000.0 / MILLIS, 1.1 * SESSIONS * 1_000.0 / MILLIS);
        assertThat(directory).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource({
        "--latency, soon, 'Invalid value for option ''--latency'': ''soon'' is no time of a signature; write 20ms or 1s'",
        "--latency, -1ms, is no time of a signature",
        "--latency, 999999ms, is no time of a signature",
        "--sessions, 0, --sessions: is 0; give 1 to 256.",
        "--sessions, 257, --sessions: is 257; give 1 to 256.",
        "--signatures, 99, --signatures: is 99; give at least 100."
    })
    void whatItDoesNotTake(String option, String value, String said) {
        var errors = new StringWriter();
        assertThat(bench(new StringWriter(), errors, option + "=" + value)).isEqualTo(2);
        assertThat(errors.toString()).contains(said);
    }

    private static int bench(StringWriter out, StringWriter errors, String... arguments) {
        return Evenroll.failingInWords(new CommandLine(new HsmBenchCommand()))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(errors, true))
                .execute(arguments);
    }
}
