package dev.evenroll.validator.enrollment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.evenroll.pki.Der;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnrollmentTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @Test
    void eachPartitionWaitsOnceAndTheFirstIsAnsweredByOthers() {
        var inFlight = Enrollment.accepted(NOW, 3, List.of())
                .joinedBy(5, null)
                .joinedBy(3, null)
                .joinedBy(7, null)
                .joinedBy(5, null);
        assertThat(inFlight.firstPartition()).isEqualTo(3);
        assertThat(inFlight.others().partitions()).containsExactly(5, 7);
    }

    @Test
    void whereNobodyWaitedFirstEverybodyIsAnsweredHere() {
        var inFlight = Enrollment.accepted(NOW, Audience.NOBODY, List.of(new JobLine("j", 1)))
                .joinedBy(Audience.NOBODY, new JobLine("j", 2))
                .joinedBy(Audience.NOBODY, new JobLine("j", 1))
                .joinedBy(4, null);
        assertThat(inFlight.others())
                .isEqualTo(new Audience(List.of(4), List.of(new JobLine("j", 1), new JobLine("j", 2))));
    }

    @Test
    void anAudienceHasRoomForAHundredLines() {
        var audience = Audience.NONE;
        for (var line = 1; line <= Audience.MOST_JOB_LINES; line++) {
            assertThat(audience.hasRoomFor(new JobLine("j", line))).isTrue();
            audience = audience.with(new JobLine("j", line));
        }
        assertThat(audience.hasRoomFor(new JobLine("j", 101))).isFalse();
        assertThat(audience.hasRoomFor(new JobLine("j", 100))).isTrue();
        assertThat(audience.hasRoomFor(null)).isTrue();
        var full = audience;
        assertThatIllegalArgumentException().isThrownBy(() -> full.with(new JobLine("j", 101)));
        assertThat(EnrollmentRules.tooManyJobLines().message())
                .isEqualTo("line: 100 lines wait for this request already; send each request once");
    }

    @Test
    void aLineHasAJobAndANumber() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new JobLine("", 1))
                .withMessage("job id: must have 1 to 200 characters");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new JobLine("j", 0))
                .withMessage("line: is 0; lines are counted from 1");
    }

    @Test
    void anIssuedOneIsGoodUntilItsCertificateExpires() {
        var issued = new Enrollment.Issued(Der.of(new byte[] {0x30, 0}), NOW);
        assertThat(issued.expired(NOW)).isFalse();
        assertThat(issued.expired(NOW.plusMillis(1))).isTrue();
    }
}
