package dev.evenroll.validator.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeyOwnershipTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final KeyEntry.KeyBlock BLOCK = new KeyEntry.KeyBlock("c1", "bob", "published", NOW);
    private static final KeyEntry OF_D1 = new KeyEntry("D1", NOW, List.of(), null);

    @Test
    void theFirstClaimWinsForEver() {
        assertThat(KeyOwnership.decide(null, "D1", NOW)).isEqualTo(new KeyOwnership.Granted(OF_D1));
        assertThat(KeyOwnership.decide(OF_D1, "D1", NOW.plusSeconds(1))).isEqualTo(new KeyOwnership.Granted(OF_D1));
        assertThat(KeyOwnership.decide(OF_D1, "D2", NOW)).isEqualTo(new KeyOwnership.Taken("D1"));
    }

    @Test
    void aBlockedKeyIsGrantedToNobody() {
        var unclaimed = KeyEntry.blocked(null, BLOCK);
        assertThat(KeyOwnership.decide(unclaimed, "D1", NOW)).isEqualTo(new KeyOwnership.Blocked(Optional.empty()));
        var claimed = KeyEntry.blocked(OF_D1, BLOCK);
        assertThat(KeyOwnership.decide(claimed, "D1", NOW)).isEqualTo(new KeyOwnership.Blocked(Optional.empty()));
        assertThat(KeyOwnership.decide(claimed, "D2", NOW)).isEqualTo(new KeyOwnership.Blocked(Optional.of("D1")));
    }

    @Test
    void theClaimantIsNotToldWhoHoldsTheKey() {
        var taken = new KeyOwnership.Taken("D1").failure();
        assertThat(taken.rule()).isEqualTo("key-claim");
        assertThat(taken.message())
                .isEqualTo("key: belongs to another device; make a new key pair on this device and enroll with it");
        var blocked = new KeyOwnership.Blocked(Optional.of("D1")).failure();
        assertThat(blocked.rule()).isEqualTo("key-blocked");
        assertThat(blocked.message())
                .isEqualTo("key: is blocked; make a new key pair on this device and enroll with it");
    }

    @Test
    void theFirstBlockStays() {
        var blocked = KeyEntry.blocked(OF_D1, BLOCK);
        var again = new KeyEntry.KeyBlock("c2", "carol", "again", NOW.plusSeconds(1));
        assertThat(KeyEntry.blocked(blocked, again)).isEqualTo(blocked);
        assertThat(blocked.holder()).isEqualTo("D1");
    }

    @Test
    void theLastHundredCertificatesOfAKeyAreKnown() {
        var entry = KeyEntry.certified(null, "D1", "c0", NOW);
        assertThat(entry).isEqualTo(new KeyEntry("D1", NOW, List.of("c0"), null));
        assertThat(KeyEntry.certified(entry, "D1", "c0", NOW.plusSeconds(1))).isEqualTo(entry);
        for (var number = 1; number <= 100; number++) {
            entry = KeyEntry.certified(entry, "D1", "c" + number, NOW);
        }
        assertThat(entry.certificateIds())
                .isEqualTo(IntStream.rangeClosed(1, 100)
                        .mapToObj(number -> "c" + number)
                        .toList());
    }
}
