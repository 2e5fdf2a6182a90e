package dev.evenroll.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RestartBudgetTest {

    private Instant now = Instant.parse("2026-11-22T10:00:00Z");
    private final RestartBudget budget = new RestartBudget(2, Duration.ofMinutes(1), () -> now);

    @Test
    void isSpentAfterSoManyRestarts() {
        assertThat(budget.take()).isTrue();
        assertThat(budget.take()).isTrue();
        assertThat(budget.take()).isFalse();
    }

    @Test
    void comesBackWithTime() {
        budget.take();
        now = now.plusSeconds(30);
        budget.take();
        now = now.plusSeconds(30);
        assertThat(budget.take()).isTrue();
        assertThat(budget.take()).isFalse();
    }
}
