package dev.evenroll.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.e2e.stack.RunningStack;
import dev.evenroll.e2e.stack.WithStack;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The benchmark of connection authorization, as small as it goes: that it runs, and says what it promises to say. Its
/// figures are worth nothing here.
@ExtendWith(WithStack.class)
class AuthorizeBenchTest {

    @Test
    void aSmallRunSaysEverything(RunningStack stack) throws Exception {
        var result = new AuthorizeBench(64, 2, 2, _ -> {}, stack.connection()).run();
        assertThat(result).containsEntry("questions", 128).containsEntry("questionsPerSecond", 64);
        for (var figure : new String[] {"p50Millis", "p99Millis", "mostMillis"}) {
            assertThat(result)
                    .hasEntrySatisfying(
                            figure,
                            value -> assertThat(((Number) value).doubleValue())
                                    .as(figure)
                                    .isPositive());
        }
    }
}
