package dev.evenroll.validator.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.Failure;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class QuotaUseTest {

    private static final Instant TEN = Instant.parse("2026-11-22T10:00:00Z");

    @Test
    void soManyAreAllowedInAClockHour() {
        var first = granted(QuotaUse.ask(null, "rollout", 2, TEN.plusSeconds(3599)));
        assertThat(first).isEqualTo(new QuotaUse(TEN, 1));
        var second = granted(QuotaUse.ask(first, "rollout", 2, TEN.plusSeconds(3599)));
        assertThat(QuotaUse.ask(second, "rollout", 2, TEN.plusSeconds(3599)))
                .isEqualTo(new QuotaUse.Answer.Exhausted(new Failure(
                        "policy-quota",
                        "policy: the quota of rollout, 2 in a clock hour, is used up; "
                                + "ask again after 2026-11-22T11:00:00Z")));
        assertThat(granted(QuotaUse.ask(second, "rollout", 2, TEN.plusSeconds(3600))))
                .isEqualTo(new QuotaUse(TEN.plusSeconds(3600), 1));
    }

    @Test
    void aClockThatIsSetBackOpensNoHourAgain() {
        var used = new QuotaUse(TEN, 1);
        assertThat(granted(QuotaUse.ask(used, "rollout", 2, TEN.minusSeconds(1))))
                .isEqualTo(new QuotaUse(TEN, 2));
    }

    @Test
    void aLoweredQuotaCountsAtOnce() {
        assertThat(QuotaUse.ask(new QuotaUse(TEN, 5), "rollout", 3, TEN)).isInstanceOf(QuotaUse.Answer.Exhausted.class);
    }

    private static QuotaUse granted(QuotaUse.Answer answer) {
        return ((QuotaUse.Answer.Granted) answer).use();
    }
}
