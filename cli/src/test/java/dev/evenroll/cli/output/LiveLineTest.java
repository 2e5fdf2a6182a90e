package dev.evenroll.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class LiveLineTest {

    private Instant now = Instant.EPOCH;
    private final StringWriter text = new StringWriter();

    @Test
    void rewritesTheLineOnATerminalAtMostTenTimesASecond() {
        var line = new LiveLine(new PrintWriter(text), true, () -> now);
        line.show("1");
        line.show("too soon");
        now = now.plusMillis(100);
        line.show("2");
        line.end("3");
        assertThat(text).hasToString("\r1\u001b[K\r2\u001b[K\r3\u001b[K" + System.lineSeparator());
    }

    @Test
    void writesALineEveryTwoSecondsElsewhere() {
        var line = new LiveLine(new PrintWriter(text), false, () -> now);
        line.show("too soon");
        now = now.plusSeconds(2);
        line.show("1");
        line.show("too soon");
        line.end("2");
        assertThat(text.toString().lines()).containsExactly("1", "2");
    }
}
