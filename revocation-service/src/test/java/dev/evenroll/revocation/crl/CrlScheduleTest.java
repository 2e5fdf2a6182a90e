package dev.evenroll.revocation.crl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.evenroll.pki.crl.CrlReason;
import dev.evenroll.pki.identity.CertificateId;
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
        assertThat(schedule.due(Optional.empty(), 0, NOW)).isTrue();
        assertThat(schedule.next(Optional.empty(), 0, NOW))
                .isEqualTo(new CrlProgress(1, Instant.parse("2026-11-23T10:00:00Z"), false));
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
        var progress = new CrlProgress(7, Instant.parse("2026-11-23T10:00:00Z"), changed);

        assertThat(schedule.due(Optional.of(progress), 7, now)).isEqualTo(due);
    }

    @Test
    void numbersRiseByOne() {
        var progress = new CrlProgress(7, NOW, true);

        assertThat(schedule.next(Optional.of(progress), 7, NOW).number()).isEqualTo(8);
    }

    @Test
    void numbersRiseAboveWhatWasSignedWhenTheStateWasLost() {
        var progress = new CrlProgress(7, NOW.plus(Duration.ofHours(24)), false);

        assertThat(schedule.next(Optional.empty(), 57, NOW).number()).isEqualTo(58);
        assertThat(schedule.next(Optional.of(progress), 57, NOW).number()).isEqualTo(58);
        assertThat(schedule.due(Optional.of(progress), 57, NOW)).isTrue();
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
        var revoked = new RevokedCertificate("0a", NOW, CrlReason.UNSPECIFIED, notAfter);

        assertThat(revoked.leavesAfter(CrlSchedule.thisUpdate(NOW))).isEqualTo(leaves);
    }

    @Test
    void shardsAreNamedByIssuerAndNumber() {
        var shard = CrlShards.of(new CertificateId("ab12", "0a"));

        assertThat(shard.key()).isEqualTo("ab12-0");
        assertThat(CrlShards.all("ab12")).containsExactly(shard);
        assertThat(CrlShard.parse("ab12-0")).contains(shard);
        assertThat(CrlShards.partition(new CrlShard("ab12", 7), 4)).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"ab12", "ab12-", "-0", "ab12-00", "ab12--1", "AB12-0", "ab12-9999999999", "../../etc/passwd-0"})
    void otherTextNamesNoShard(String text) {
        assertThat(CrlShard.parse(text)).isEmpty();
    }
}
