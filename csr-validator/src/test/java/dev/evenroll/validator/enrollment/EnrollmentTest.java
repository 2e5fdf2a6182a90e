package dev.evenroll.validator.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.Der;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EnrollmentTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @Test
    void eachPartitionWaitsOnceAndTheFirstIsAnsweredByOthers() {
        var inFlight = Enrollment.InFlight.of(NOW, 3)
                .joinedBy(5)
                .joinedBy(3)
                .joinedBy(7)
                .joinedBy(5);
        assertThat(inFlight.replyPartitions()).containsExactly(3, 5, 7);
        assertThat(inFlight.furtherPartitions()).containsExactly(5, 7);
    }

    @Test
    void anIssuedOneIsGoodUntilItsCertificateExpires() {
        var issued = new Enrollment.Issued(Der.of(new byte[] {0x30, 0}), NOW);
        assertThat(issued.expired(NOW)).isFalse();
        assertThat(issued.expired(NOW.plusMillis(1))).isTrue();
    }

    @Test
    void theFirstClaimWinsForEver() {
        assertThat(KeyOwnership.decide(null, "D1")).isEqualTo(new KeyOwnership.Granted(true));
        assertThat(KeyOwnership.decide("D1", "D1")).isEqualTo(new KeyOwnership.Granted(false));
        assertThat(KeyOwnership.decide("D1", "D2")).isEqualTo(new KeyOwnership.Taken("D1"));
    }

    @Test
    void theClaimantIsNotToldWhoHoldsTheKey() {
        var failure = new KeyOwnership.Taken("D1").failure();
        assertThat(failure.rule()).isEqualTo("key-claim");
        assertThat(failure.message())
                .isEqualTo("key: belongs to another device; make a new key pair on this device and enroll with it");
    }
}
