package dev.evenroll.validator.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class InstallerTokenTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final InstallerToken LIVE = InstallerToken.created("ab".repeat(32), NOW, "ina", NOW.plusSeconds(60));

    @Test
    void aTokenIsLiveUntilItExpires() {
        assertThat(LIVE.live(NOW.plusSeconds(59))).isTrue();
        assertThat(LIVE.live(NOW.plusSeconds(60))).isFalse();
    }

    @Test
    void theFifthWrongTokenLocksTheRightOne() {
        var token = LIVE;
        for (var attempt = 1; attempt < InstallerToken.ATTEMPTS; attempt++) {
            token = token.guessed(NOW);
            assertThat(token.failedAttempts()).isEqualTo(attempt);
            assertThat(token.locked()).isFalse();
        }
        token = token.guessed(NOW);
        assertThat(token.locked()).isTrue();
        assertThat(token.live(NOW)).isFalse();
        assertThat(token.guessed(NOW)).isEqualTo(token);
    }

    @Test
    void onlyALiveTokenIsGuessedAt() {
        var spent = LIVE.spent("e1");
        assertThat(spent.guessed(NOW)).isEqualTo(spent);
        assertThat(LIVE.guessed(NOW.plusSeconds(60))).isEqualTo(LIVE);
    }

    @Test
    void aTokenRemembersThoseThatItHasTakenThePlaceOf() {
        var token = LIVE;
        for (var number = 1; number <= 12; number++) {
            token = InstallerToken.created("t" + number, NOW, "ina", NOW.plusSeconds(60))
                    .replacing(token.spent("e1"));
        }
        var remembered = List.of("t11", "t10", "t9", "t8", "t7", "t6", "t5", "t4", "t3", "t2");
        assertThat(token.replacedSha256()).isEqualTo(remembered);
        assertThat(token.live(NOW)).isTrue();
        assertThat(token.guessed(NOW).spent("e2").certified("e2", NOW).replacedSha256())
                .isEqualTo(remembered);
        var again = InstallerToken.created("t11", NOW, "ina", NOW.plusSeconds(60));
        assertThat(again.replacing(token).replacedSha256()).startsWith("t12", "t10");
    }

    @Test
    void aSpentTokenOpensItsEnrollmentUntilTheCertificateIsIssued() {
        assertThat(LIVE.opens("e1")).isFalse();
        var spent = LIVE.spent("e1");
        assertThat(spent.live(NOW)).isFalse();
        assertThat(spent.opens("e1")).isTrue();
        assertThat(spent.opens("e2")).isFalse();
        assertThat(spent.certified("e2", NOW)).isEqualTo(spent);
        var certified = spent.certified("e1", NOW);
        assertThat(certified.opens("e1")).isFalse();
        assertThat(certified.spentFor()).isEqualTo("e1");
        assertThat(certified.certified("e1", NOW.plusSeconds(1))).isEqualTo(certified);
    }
}
