package dev.evenroll.validator.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.validator.enrollment.Approval.Standing;
import dev.evenroll.validator.registry.EnrollmentModel;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApprovalTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final Instant EXPIRES = NOW.plusSeconds(600);

    @Test
    void itStandsWhereThePersonAndTheTimePutIt() {
        var yes = new Approval.Decision("c1", "ada", true, "known", NOW);
        var no = new Approval.Decision("c1", "ada", false, "stolen", NOW);
        assertThat(approval(null, null).standing(NOW)).isEqualTo(Standing.WAITING);
        assertThat(approval(yes, null).standing(NOW)).isEqualTo(Standing.APPROVED);
        assertThat(approval(yes, NOW).standing(NOW)).isEqualTo(Standing.USED);
        assertThat(approval(no, null).standing(NOW)).isEqualTo(Standing.REJECTED);
        for (var decided : new Approval[] {approval(null, null), approval(yes, null), approval(yes, NOW)}) {
            assertThat(decided.standing(EXPIRES.minusMillis(1))).isNotEqualTo(Standing.EXPIRED);
            assertThat(decided.standing(EXPIRES)).isEqualTo(Standing.EXPIRED);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 10", "100, 10", "300, 30", "6000, 600", "600000, 600"})
    void whoHasWaitedLongAsksSeldom(long waited, int retryAfter) {
        assertThat(approval(null, null).retryAfterSeconds(NOW.plusSeconds(waited)))
                .isEqualTo(retryAfter);
    }

    @Test
    void whoRejectedIsForTheAuditLogAlone() {
        var decision = new Approval.Decision("c1", "ada", false, "stolen", NOW);
        assertThat(Approval.rejected(decision).message())
                .isEqualTo("enrollment: was rejected by ada (stolen); mend the cause and make a new request");
        assertThat(Approval.rejectedForRequester(decision).message())
                .isEqualTo("enrollment: was rejected by a person (stolen); mend the cause and make a new request");
        assertThat(Approval.rejectedForRequester(decision).rule()).isEqualTo("approval-rejected");
    }

    private static Approval approval(Approval.@Nullable Decision decision, @Nullable Instant certifiedAt) {
        return new Approval(
                "D1",
                "e1",
                NOW,
                EXPIRES,
                "the policy says so",
                EnrollmentModel.JUST_IN_TIME,
                "rollout",
                "v1@abc",
                "serialNumber=D1",
                "ab".repeat(32),
                null,
                "192.0.2.1",
                decision,
                certifiedAt);
    }
}
