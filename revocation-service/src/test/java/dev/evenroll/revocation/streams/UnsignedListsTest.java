package dev.evenroll.revocation.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.crl.CrlLinter;
import dev.evenroll.pki.crl.PreparedCrl;
import dev.evenroll.revocation.crl.CrlSchedule;
import dev.evenroll.schemas.event.RevocationReason;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A list counts when it is signed, not when it is prepared.
class UnsignedListsTest {

    private static final Duration TICK = CrlProcessor.TICK;

    @TempDir
    Path stateDirectory;

    private Journey journey;

    @BeforeEach
    void open() {
        journey = new Journey(stateDirectory);
    }

    @AfterEach
    void close() {
        journey.close();
    }

    /// Pins a mended mistake: a list that the issuer refused hid its revocations for half of the
    /// lifetime.
    @Test
    void aListThatIsNotSignedIsPreparedAgainWithAHigherNumber() {
        journey.passes(TICK);
        journey.signedLists();
        var certificate = journey.issued("D1");
        journey.revocationOrdered(certificate, RevocationReason.KEY_COMPROMISE);
        journey.passes(TICK);
        assertThat(journey.lists()).extracting(PreparedCrl::number).containsExactly(BigInteger.TWO);
        journey.passes(Duration.ofSeconds(9));
        assertThat(journey.lists()).isEmpty();
        journey.passes(Duration.ofSeconds(1));

        assertThat(journey.signedLists()).singleElement().satisfies(list -> {
            assertThat(list.number()).isEqualTo(BigInteger.valueOf(3));
            assertThat(Journey.serialNumbers(list))
                    .containsExactly(certificate.id().serialNumber());
        });
        journey.passes(Duration.ofMinutes(5));
        assertThat(journey.lists()).isEmpty();
    }

    @Test
    void theTimeBetweenRetriesGrowsToAMinute() {
        var start = journey.clock.instant();
        var seconds = new ArrayList<Long>();
        for (int second = 0; second < 300; second++) {
            journey.passes(Duration.ofSeconds(1));
            journey.lists()
                    .forEach(list -> seconds.add(
                            Duration.between(start, journey.clock.instant()).toSeconds()));
        }

        assertThat(seconds).containsExactly(1L, 11L, 21L, 41L, 81L, 141L, 201L, 261L);
    }

    @Test
    void aRevocationDoesNotWaitForTheRetry() {
        journey.passes(TICK);
        journey.lists();
        journey.revocationOrdered(journey.issued("D1"), RevocationReason.SUPERSEDED);
        journey.passes(TICK);

        assertThat(journey.lists()).extracting(PreparedCrl::number).containsExactly(BigInteger.TWO);
    }

    @Test
    void healthLearnsOfAListThatStaysUnsigned() {
        journey.passes(TICK);
        var preparedAt = journey.clock.instant();
        for (int second = 0; second < 30; second++) {
            assertThat(overdue()).isEmpty();
            journey.passes(Duration.ofSeconds(1));
        }
        journey.passes(TICK);
        assertThat(overdue()).contains(preparedAt);
        journey.signedLists();
        journey.passes(TICK);

        assertThat(overdue()).isEmpty();
    }

    private Optional<Instant> overdue() {
        return journey.unsigned.overdueSince(journey.shard(), journey.clock.instant());
    }

    @Test
    void anExpiredEntryStaysUntilAListThatHoldsItIsSigned() {
        var certificate = journey.issued("D1");
        var serial = List.of(certificate.id().serialNumber());
        journey.revocationOrdered(certificate, RevocationReason.SUPERSEDED);
        journey.passes(TICK);
        journey.signedLists();
        journey.passes(Duration.ofDays(366));
        assertThat(journey.lists().getLast()).extracting(Journey::serialNumbers).isEqualTo(serial);
        journey.passes(Duration.ofSeconds(10));
        assertThat(journey.signedLists().getLast())
                .extracting(Journey::serialNumbers)
                .isEqualTo(serial);
        journey.passes(Duration.ofHours(12));

        assertThat(journey.lists().getLast()).extracting(Journey::serialNumbers).isEqualTo(List.of());
    }

    /// An expired certificate can be revoked while a list waits that does not name it.
    @Test
    void anEntryThatCameAfterTheSignedListWasPreparedStandsOnTheNext() {
        var certificate = journey.issued("D1");
        journey.passes(Duration.ofDays(366));
        var list = journey.lists().getLast();
        journey.revocationOrdered(certificate, RevocationReason.SUPERSEDED);
        journey.signs(list);
        journey.passes(TICK);

        assertThat(journey.lists().getLast())
                .extracting(Journey::serialNumbers)
                .isEqualTo(List.of(certificate.id().serialNumber()));
    }

    @Test
    void numbersGoOnAboveTheLastSignedListWhenTheStateWasLost() throws Exception {
        var now = journey.clock.instant();
        var earlier = journey.authority.list(57, now);
        journey.signs(PreparedCrl.read(earlier));
        journey.passes(TICK);

        assertThat(journey.lists())
                .extracting(list -> list.number().longValue())
                .containsExactly(58L);
    }

    @Test
    void anIssuerWhoseClockIsBehindSignsTheList() {
        journey.passes(TICK);
        journey.lists();
        journey.revocationOrdered(journey.issued("D1"), RevocationReason.SUPERSEDED);
        journey.passes(TICK);

        var behind = journey.clock.instant().minus(CrlSchedule.CLOCK_TOLERANCE);
        assertThat(CrlLinter.lint(journey.lists().getLast().tbsCertList(), journey.authority.issuer(), behind))
                .isEmpty();
    }
}
