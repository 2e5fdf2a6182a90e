package dev.evenroll.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.cli.Evenroll;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource({
        "up --once, --once stops everything after the demo: add --demo.",
        "up --demo --devices 0, --devices and --concurrency must be at least 1.",
        "up --est-port 65536, '65536 is no port: give a number from 1 to 65535.'",
        "up --est-port many, 'many'",
    })
    void aWrongCommandLineIsSaidAndNothingTried(String line, String message) {
        assertThat(run(line.split(" "))).isEqualTo(2);
        assertThat(err.toString()).contains(message);
    }

    @Test
    void theHelpDocumentsOptionsAndExitCodes() {
        assertThat(run("up", "--help")).isZero();
        assertThat(out.toString()).contains("--data=DIR", "--est-port=PORT", "--demo", "--once", "Exit codes:", "130");
        assertThat(Arrays.stream(out.toString().split("\n")).mapToInt(String::length))
                .allMatch(length -> length <= 80);
    }

    private int run(String... arguments) {
        return Evenroll.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
