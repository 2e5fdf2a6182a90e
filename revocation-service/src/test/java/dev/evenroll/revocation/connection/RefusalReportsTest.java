package dev.evenroll.revocation.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.revocation.MovableClock;
import dev.evenroll.revocation.connection.ConnectionOutcome.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusalReportsTest {

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-22T10:00:00Z"));
    private final List<String> told = new ArrayList<>();
    private final RefusalReports reports = new RefusalReports(
            (refused, suppressed) ->
                    told.add(refused.subject() + " " + refused.reason().code() + " " + suppressed),
            clock);

    private void refused(String subject, RefusalReason reason) {
        reports.report(new Refused(reason, "A sentence.", subject));
    }

    @Test
    void aStationThatComesBackIsToldOnceInAMinuteWithHowOftenItCame() {
        refused("CN=SN-1", RefusalReason.REVOKED);
        refused("CN=SN-1", RefusalReason.REVOKED);
        refused("CN=SN-1", RefusalReason.REVOKED);
        clock.advance(Duration.ofMinutes(1));
        refused("CN=SN-1", RefusalReason.REVOKED);

        assertThat(told).containsExactly("CN=SN-1 revoked 0", "CN=SN-1 revoked 2");
    }

    @Test
    void anotherReasonAndAnotherStationAreToldAtOnce() {
        refused("CN=SN-1", RefusalReason.REVOKED);
        refused("CN=SN-1", RefusalReason.IDENTITY);
        refused("CN=SN-2", RefusalReason.REVOKED);

        assertThat(told).hasSize(3);
    }

    @Test
    void whoInventsNamesIsToldOfSoOftenAndNoMore() {
        for (int i = 0; i < 2 * RefusalReports.MOST; i++) {
            refused("CN=Invented-" + i, RefusalReason.CHAIN);
        }
        assertThat(told).hasSize(RefusalReports.MOST);

        clock.advance(RefusalReports.INTERVAL);
        refused("CN=SN-1", RefusalReason.REVOKED);
        assertThat(told).hasSize(RefusalReports.MOST + 1);
    }

    @Test
    void aClockThatIsSetBackSilencesNothing() {
        refused("CN=SN-1", RefusalReason.REVOKED);
        clock.advance(Duration.ofHours(-1));
        refused("CN=SN-1", RefusalReason.REVOKED);

        assertThat(told).hasSize(2);
    }

    @Test
    void aLongSubjectIsCut() {
        refused("x".repeat(10_000), RefusalReason.CHAIN);

        assertThat(told).containsExactly("x".repeat(256) + "… chain 0");
    }
}
