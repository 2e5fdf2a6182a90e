package dev.evenroll.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SinceTest {

    @ParameterizedTest
    @CsvSource({"7d, P7D", "36h, PT36H", "90m, PT90M", "PT5S, PT5S", "p2d, P2D"})
    void readsDurations(String text, Duration expected) {
        assertThat(Since.parse(text)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "7", "7 d", "d", "-7d", "0d", "PT0S", "-PT1S", "yesterday", "123456d", "PT9999999999999H"})
    void refusesEverythingElse(String text) {
        assertThat(Since.parse(text)).isEmpty();
    }
}
