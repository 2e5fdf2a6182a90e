package dev.evenroll.revocation.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RenewalBudgetTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @Test
    void asManyASecondAsAreAllowedAndTheOthersInTheNextOnes() {
        var budget = new RenewalBudget(3, 1_000);
        var perSecond = new HashMap<Instant, Integer>();
        for (int device = 0; device < 10; device++) {
            perSecond.merge(budget.reserve(Optional.empty(), NOW), 1, Integer::sum);
        }

        assertThat(perSecond)
                .containsOnly(
                        Map.entry(NOW, 3),
                        Map.entry(NOW.plusSeconds(1), 3),
                        Map.entry(NOW.plusSeconds(2), 3),
                        Map.entry(NOW.plusSeconds(3), 1));
    }

    @Test
    void aSiteWaitsForItselfAlone() {
        var budget = new RenewalBudget(100, 6);

        assertThat(budget.reserve(Optional.of("Harbour"), NOW)).isEqualTo(NOW);
        assertThat(budget.reserve(Optional.of("Harbour"), NOW)).isEqualTo(NOW.plusSeconds(10));
        assertThat(budget.reserve(Optional.of("Harbour"), NOW)).isEqualTo(NOW.plusSeconds(20));
        assertThat(budget.reserve(Optional.of("Airport"), NOW)).isEqualTo(NOW);
        assertThat(budget.reserve(Optional.of("Harbour"), NOW.plusSeconds(60))).isEqualTo(NOW.plusSeconds(60));
    }

    @Test
    void whatIsOverIsGivenToNobody() {
        var budget = new RenewalBudget(1, 1_000);
        budget.reserve(Optional.empty(), NOW);

        assertThat(budget.reserve(Optional.empty(), NOW.plusSeconds(100))).isEqualTo(NOW.plusSeconds(100));
    }

    /// Each of a million places is found without a look at all those before it: minutes otherwise.
    @Test
    void aMillionThatAreDueAtOnceAreSpreadInTime() {
        var budget = new RenewalBudget(50, 1_000_000);
        var last = NOW;
        for (int device = 0; device < 1_000_000; device++) {
            last = budget.reserve(Optional.empty(), NOW);
        }

        assertThat(last).isEqualTo(NOW.plus(Duration.ofSeconds(19_999)));
    }

    @Test
    void aBudgetOfNothingIsAMistake() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RenewalBudget(0, 20))
                .withMessage("is 0 a second and 20 a minute at a site; at least 1 each, otherwise no certificate would"
                        + " ever be renewed");
    }
}
