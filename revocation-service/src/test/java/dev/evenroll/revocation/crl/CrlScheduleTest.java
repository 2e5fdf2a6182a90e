package dev.evenroll.revocation.crl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.evenroll.pki.crl.CrlReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrlScheduleTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00.750Z");

    private final CrlSchedule schedule = new CrlSchedule(Duration.ofHours(24));

    @Test
    void theFirstListIsDueAtOnceAndHasTheNumberOne() {
        assertThat(schedule.due(0, Optional.empty(), 0, NOW)).isTrue();
        assertThat(schedule.next(Optional.empty(), 0, NOW))
                .isEqualTo(new CrlProgress(1, Instant.parse("2026-11-23T10:00:00Z"), false, Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T10:00:01Z, false, false",
        "2026-11-22T10:00:01Z, true, true",
        "2026-11-22T21:59:59Z, false, false",
        "2026-11-22T22:00:00Z, false, true",
        "2026-11-25T00:00:00Z, false, true",
    })
    void laterListsAreDueAfterARevocationOrAtHalfOfTheLifetime(Instant now, boolean changed, boolean due) {
        var progress = new CrlProgress(7, Instant.parse("2026-11-23T10:00:00Z"), changed, Optional.empty());

        assertThat(schedule.due(0, Optional.of(progress), 7, now)).isEqualTo(due);
    }

    @Test
    void numbersRiseByOne() {
        var progress = new CrlProgress(7, NOW, true, Optional.empty());

        assertThat(schedule.next(Optional.of(progress), 7, NOW).number()).isEqualTo(8);
    }

    @Test
    void numbersRiseAboveWhatWasSignedWhenTheStateWasLost() {
        var progress = new CrlProgress(7, NOW.plus(Duration.ofHours(24)), false, Optional.empty());

        assertThat(schedule.next(Optional.empty(), 57, NOW).number()).isEqualTo(58);
        assertThat(schedule.next(Optional.of(progress), 57, NOW).number()).isEqualTo(58);
        assertThat(schedule.due(0, Optional.of(progress), 57, NOW)).isTrue();
    }

    @Test
    void aLifetimeThatNobodyCanKeepUpWithIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CrlSchedule(Duration.ofSeconds(59)))
                .withMessage("lifetime: PT59S is shorter than PT1M; relying parties could not fetch a list"
                        + " before it ends. Set 24h, for example.");
    }

    @ParameterizedTest
    @CsvSource({"2026-11-22T09:58:59Z, true", "2026-11-22T09:59:00Z, false", "2026-11-22T10:00:01Z, false"})
    void anEntryLeavesAfterTheFirstListMadeAfterExpiry(Instant notAfter, boolean leaves) {
        var revoked = new RevokedCertificate("0a", NOW, CrlReason.UNSPECIFIED, notAfter, 1);

        assertThat(revoked.leavesAfter(CrlSchedule.thisUpdate(NOW))).isEqualTo(leaves);
    }

    /// Else all lists of a CA would be signed at one moment, for ever.
    @Test
    void theListsOfACaAreRenewedOneAfterTheOther() {
        var progress = Optional.of(new CrlProgress(7, Instant.parse("2026-11-23T10:00:00Z"), false, Optional.empty()));
        var half = Instant.parse("2026-11-22T22:00:00Z");

        for (int shard = 0; shard < 32; shard++) {
            var due = half.minus(Duration.ofSeconds(1350L * (shard % 16)));
            assertThat(schedule.due(shard, progress, 7, due))
                    .as("shard %d", shard)
                    .isTrue();
            assertThat(schedule.due(shard, progress, 7, due.minusSeconds(1)))
                    .as("shard %d", shard)
                    .isFalse();
        }
    }

    @Test
    void deltaListsAreRelativeToTheLastSignedListForHalfOfTheLifetime() {
        var first = schedule.next(Optional.empty(), 0, NOW);
        assertThat(first.base()).isEmpty();

        var second = schedule.next(Optional.of(first), 1, NOW);
        assertThat(second.base()).contains(new CrlProgress.Base(1, NOW));

        var soon = NOW.plus(Duration.ofHours(12)).minusMillis(1);
        var third = schedule.next(Optional.of(second), 2, soon);
        assertThat(third.base()).isEqualTo(second.base());

        var later = NOW.plus(Duration.ofHours(12));
        assertThat(schedule.next(Optional.of(third), 3, later).base()).contains(new CrlProgress.Base(3, later));
    }

    /// Who never could fetch it has nothing that a delta list relative to it continues.
    @Test
    void anUnsignedListIsNoBase() {
        var first = schedule.next(Optional.empty(), 0, NOW);

        assertThat(schedule.next(Optional.of(first), 0, NOW).base()).isEmpty();
        assertThat(schedule.next(Optional.of(first), 57, NOW).base()).isEmpty();
    }

    @Test
    void shardsAreNamedByIssuerAndNumber() {
        var shard = new CrlShard("ab12", 7);

        assertThat(shard.key()).isEqualTo("ab12-7");
        assertThat(shard.delta().key()).isEqualTo("ab12-7-delta");
        assertThat(CrlShard.parse("ab12-7")).contains(shard);
        assertThat(shard.partition(4)).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "ab12",
        "ab12-",
        "-0",
        "ab12-00",
        "ab12--1",
        "AB12-0",
        "ab12-9999999999",
        "../../etc/passwd-0",
        "ab12-0-delta"
    })
    void otherTextNamesNoShard(String text) {
        assertThat(CrlShard.parse(text)).isEmpty();
    }
}
