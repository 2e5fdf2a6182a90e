package dev.evenroll.validator.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EarlierCommandTest {

    @Test
    void theNewestHundredAreKeptAlsoThoseOfOneInstant() {
        List<EarlierCommand> kept = List.of();
        for (var number = 1; number <= 101; number++) {
            // A store hands them out in any order.
            var before = new ArrayList<>(kept).reversed();
            kept = EarlierCommand.with(result("c" + number), before, Sample.T0);
        }
        assertThat(kept)
                .extracting(command -> command.result().commandId())
                .containsExactlyElementsOf(IntStream.rangeClosed(2, 101)
                        .mapToObj(number -> "c" + number)
                        .toList()
                        .reversed());
    }

    @Test
    void whatIsADayOldIsForgotten() {
        var day = Duration.ofHours(24);
        var first = EarlierCommand.with(result("c1"), List.of(), Sample.T0);
        var justBefore = Sample.T0.plus(day).minusMillis(1);
        assertThat(first.getFirst().isRemembered(justBefore)).isTrue();
        assertThat(first.getFirst().isRemembered(Sample.T0.plus(day))).isFalse();
        assertThat(EarlierCommand.with(result("c2"), first, justBefore)).hasSize(2);
        assertThat(EarlierCommand.with(result("c2"), first, Sample.T0.plus(day)))
                .extracting(command -> command.result().commandId())
                .containsExactly("c2");
    }

    @Test
    void whatWasForgottenAndGivenAnewIsKeptOnce() {
        var first = EarlierCommand.with(result("c1"), List.of(), Sample.T0);
        var later = Sample.T0.plus(Duration.ofHours(30));
        assertThat(EarlierCommand.with(result("c1"), first, later))
                .containsExactly(new EarlierCommand(result("c1"), later, 2));
    }

    private static CommandResult result(String commandId) {
        return new CommandResult(commandId, "alice", List.of(), RegistryChange.SUSPENDED);
    }
}
