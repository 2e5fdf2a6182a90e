package dev.evenroll.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class InterruptionTest {

    /// Works until it is interrupted.
    public static final class Working {
        public static void main(String[] arguments) throws Exception {
            var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
            try (var _ = Interruption.saying(() -> "never said", out)) {
                out.println("done");
            }
            try (var _ = Interruption.saying(() -> "1,000 rows are done.", out)) {
                out.println("working");
                // Until it is ended, or whoever started it is gone.
                var _ = System.in.read();
            }
        }
    }

    @Test
    void whoIsInterruptedSaysItsLastSentence() throws Exception {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Working.class.getName())
                .start();
        try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(lines.readLine()).isEqualTo("done");
            assertThat(lines.readLine()).isEqualTo("working");
            // The process itself would close what is read here.
            process.toHandle().destroy();
            assertThat(lines.readAllAsString()).isEqualTo("\n1,000 rows are done.\n");
        }
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(143);
    }
}
