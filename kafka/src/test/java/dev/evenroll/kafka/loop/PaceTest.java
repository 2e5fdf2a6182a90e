package dev.evenroll.kafka.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaceTest {

    @ParameterizedTest(name = "after {0} records {1} ms")
    @CsvSource({"1, 5", "2, 10", "19, 95", "20, 100", "99, 100"})
    void theMoreThereWasTheLongerTheLoopWaitsForMore(int records, int millis) {
        assertThat(Pace.WAITED_FOR.after(records)).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void aFullTransactionIsFollowedAtOnce() {
        assertThat(Pace.WAITED_FOR.after(100)).isEqualTo(Duration.ofMillis(5));
        assertThat(Pace.IN_THE_BACKGROUND.after(2_009)).isEqualTo(Duration.ofMillis(100));
    }

    /// At 50 requests a second there is one record, or two, in a transaction: nobody waits longer than at rest.
    @Test
    void aPaceThatIsKeptAtASteadyRateOfFiftyASecondIsThatOfRest() {
        var records = 20;
        for (var transaction = 0; transaction < 20; transaction++) {
            var millis = Pace.WAITED_FOR.after(records).toMillis();
            records = (int) Math.max(1, 50 * millis / 1_000);
        }
        assertThat(Pace.WAITED_FOR.after(records)).isEqualTo(Duration.ofMillis(5));
    }

    @Test
    void unpackingFewerAtATimeChangesNothingElse() {
        assertThat(Pace.WAITED_FOR.unpacking(10))
                .isEqualTo(new Pace(100, 10, Duration.ofMillis(5), Duration.ofMillis(100)));
        assertThat(Pace.ONE_BY_ONE.after(1)).isEqualTo(Duration.ofMillis(5));
    }

    @Test
    void underLoadItIsNotShorterThanAtRest() {
        assertThatThrownBy(() -> new Pace(10, 10, Duration.ofMillis(5), Duration.ofMillis(4)))
                .hasMessage("betweenCommitsUnderLoad: is PT0.004S; it can not be shorter than the PT0.005S at rest");
    }
}
