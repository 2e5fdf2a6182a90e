package dev.evenroll.cli.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PatienceTest {

    private Instant now = Instant.parse("2026-11-22T12:00:00Z");
    private final List<Duration> pauses = new ArrayList<>();
    private final InstantSource clock = () -> now;

    private Patience patience(Duration limit) {
        return new Patience(
                clock,
                duration -> {
                    pauses.add(duration);
                    now = now.plus(duration);
                },
                limit);
    }

    private static Attempt<String> failing(int times, Optional<Duration> retryAfter) {
        var left = new int[] {times};
        return () -> {
            if (left[0]-- > 0) {
                throw new FaultException("failed", retryAfter);
            }
            return "done";
        };
    }

    @Test
    void waitsTwiceAsLongEachTimeUpToFiveSeconds() throws Exception {
        assertThat(patience(Duration.ofMinutes(1)).untilDone(failing(7, Optional.empty())))
                .isEqualTo("done");
        var expected = List.of(200, 400, 800, 1600, 3200, 5000, 5000);
        assertThat(pauses).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat((double) pauses.get(i).toMillis()).isBetween(expected.get(i) * 0.74, expected.get(i) * 1.26);
        }
    }

    @Test
    void waitsAsLongAsTheServerAsksForButNoLongerThanHalfAMinute() throws Exception {
        patience(Duration.ofMinutes(5)).untilDone(failing(1, Optional.of(Duration.ofSeconds(3))));
        patience(Duration.ofMinutes(5)).untilDone(failing(1, Optional.of(Duration.ofHours(2))));
        assertThat(pauses).containsExactly(Duration.ofSeconds(3), Duration.ofSeconds(30));
    }

    @Test
    void givesUpWithTheLastFaultBeforeTheTimeIsUp() {
        var start = now;
        assertThatThrownBy(() ->
                        patience(Duration.ofSeconds(10)).untilDone(failing(1_000, Optional.of(Duration.ofSeconds(3)))))
                .isInstanceOf(FaultException.class)
                .hasMessage("failed");
        assertThat(now).isEqualTo(start.plusSeconds(9));
    }

    @Test
    void tellsOfEveryFaultThatItWaitsOut() throws Exception {
        var told = new ArrayList<String>();
        patience(Duration.ofSeconds(10))
                .telling(fault -> told.add(String.valueOf(fault.getMessage())))
                .untilDone(failing(2, Optional.empty()));
        assertThat(told).containsExactly("failed", "failed");
    }

    @Test
    void doesNotRepeatWhatNoRepetitionMends() {
        assertThatThrownBy(() -> patience(Duration.ofSeconds(10)).untilDone(() -> {
                    throw new Wrong();
                }))
                .isInstanceOf(Wrong.class);
        assertThat(pauses).isEmpty();
    }

    private static final class Wrong extends FinalException {
        Wrong() {
            super("wrong", null);
        }
    }
}
