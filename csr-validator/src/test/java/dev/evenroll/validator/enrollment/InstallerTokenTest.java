package dev.evenroll.validator.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
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
