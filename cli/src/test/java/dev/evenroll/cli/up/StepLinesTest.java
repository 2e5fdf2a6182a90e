package dev.evenroll.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StepLinesTest {

    private final StringWriter written = new StringWriter();

    @Test
    void elsewhereThanOnATerminalEachStepIsOneLine() {
        tell(new StepLines(new PrintWriter(written), false));
        assertThat(written.toString()).isEqualTo("""
                          Port 21000 (est) is taken by another program: using 21001.
                          starting the broker                    1.9 s
                        """);
    }

    @Test
    void onATerminalTheLineOfTheStepIsWrittenOver() {
        tell(new StepLines(new PrintWriter(written), true));
        assertThat(written.toString().replace("\u001b[K", "<erase>").replace("\r", "<start>"))
                .isEqualTo("<start><erase>  starting the broker ..."
                        + "<start><erase>  Port 21000 (est) is taken by another program: using 21001.\n"
                        + "  starting the broker ..."
                        + "<start><erase>  starting the broker                    1.9 s\n");
    }

    private static void tell(StepLines lines) {
        lines.began("starting the broker");
        lines.note("Port 21000 (est) is taken by another program: using 21001.");
        lines.finished("starting the broker", Duration.ofMillis(1_940));
    }
}
