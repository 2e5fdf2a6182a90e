package dev.evenroll.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.gateway.TestTrust;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JobLimitsTest {

    private Instant now = TestTrust.NOW;
    private final JobLimits limits = new JobLimits(new JobLimits.Settings(3, 2, 100), () -> now);

    @Test
    void oneAuthorityLeavesRoomForAnother() {
        assertThat(limits.begin("a")).isEmpty();
        assertThat(limits.begin("a")).isEmpty();
        assertThat(limits.begin("a"))
                .hasValue("This gateway takes in 2 uploads of this registration authority already; post it again when"
                        + " one of them has ended.");
        assertThat(limits.begin("b")).isEmpty();
        assertThat(limits.begin("c")).hasValue("This gateway takes in 3 uploads already; post it again.");

        limits.end("a");
        assertThat(limits.begin("c")).isEmpty();
        limits.end("c");
        assertThat(limits.begin("a")).isEmpty();
        assertThat(limits.begin("b")).isPresent();
    }

    @Test
    void linesArePacedForEachAuthorityApart() {
        assertThat(passed("a")).isEqualTo(100);
        assertThat(limits.line("a")).isEqualTo(Duration.ofMillis(10));
        assertThat(passed("b")).isEqualTo(100);

        now = now.plusMillis(250);
        assertThat(passed("a")).isEqualTo(25);
    }

    private long passed(String authority) {
        return IntStream.range(0, 500)
                .filter(_ -> limits.line(authority).isZero())
                .count();
    }
}
