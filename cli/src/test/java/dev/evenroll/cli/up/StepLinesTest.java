package dev.evenroll.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.cli.process.FakeProcess;
import dev.evenroll.cli.process.Supervised;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepLinesTest {

    private final StringWriter written = new StringWriter();

    @Test
    void elsewhereThanOnATerminalEachStepIsOneLine() {
        tell(lines(false));
        assertThat(written.toString()).isEqualTo("""
                          Port 21000 (est) is taken by another program: using 21001.
                          starting the broker                    1.9 s
                        """);
    }

    @Test
    void onATerminalTheLineOfTheStepIsWrittenOver() {
        tell(lines(true));
        assertThat(written.toString().replace("\u001b[K", "<erase>").replace("\r", "<start>"))
                .isEqualTo("<start><erase>  starting the broker ..."
                        + "<start><erase>  Port 21000 (est) is taken by another program: using 21001.\n"
                        + "  starting the broker ..."
                        + "<start><erase>  starting the broker                    1.9 s\n");
    }

    @Test
    void whoWasKilledIsToldWithTheSignal() {
        lines(false).died(FakeProcess.healthy(), new Supervised.Exit(137, List.of("old", "older")));
        assertThat(written).hasToString("  fake was killed (SIGKILL) at 18:07:40; starting it again\n");
    }

    @Test
    void whoEndedByItselfIsToldWithTheEndOfItsLog() {
        lines(false).died(FakeProcess.healthy(), new Supervised.Exit(3, List.of("OutOfMemoryError", "exiting")));
        assertThat(written).hasToString("""
                          fake ended with status 3 at 18:07:40; starting it again. The end of its log:
                            | OutOfMemoryError
                            | exiting
                        """);
    }

    private StepLines lines(boolean terminal) {
        var death = Instant.parse("2026-11-26T17:07:40Z");
        return new StepLines(new PrintWriter(written), terminal, () -> death, ZoneId.of("+01:00"));
    }

    private static void tell(StepLines lines) {
        lines.began("starting the broker");
        lines.note("Port 21000 (est) is taken by another program: using 21001.");
        lines.finished("starting the broker", Duration.ofMillis(1_940));
    }
}
