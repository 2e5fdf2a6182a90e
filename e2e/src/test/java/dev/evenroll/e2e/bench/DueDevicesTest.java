package dev.evenroll.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DueDevicesTest {

    private static final Instant FIRST = Instant.parse("2026-11-27T10:00:00Z");

    @Test
    void asManyAsWereAskedForAreDueAtEachMoment() {
        var due = new DueDevices(20, 200, 3, 50, FIRST);

        for (int moment = 0; moment < 3; moment++) {
            var at = OptionalInt.of(moment);
            assertThat(IntStream.range(20, 200)
                            .filter(number -> due.moment(number).equals(at)))
                    .hasSize(50);
        }
        assertThat(due.at(2)).isEqualTo(FIRST.plus(DueDevices.APART.multipliedBy(2)));
    }

    @Test
    void noneAreDueWhenNoneWereAskedFor() {
        assertThat(new DueDevices(0, 20, 0, 0, FIRST).moment(0)).isEmpty();
    }

    @Test
    void thereHaveToBeEnough() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DueDevices(20, 200, 3, 61, FIRST))
                .withMessage("due: 183 of the devices 20 to 200; these are not so many");
    }
}
