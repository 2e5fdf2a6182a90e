package dev.evenroll.validator.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeyOwnershipTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final KeyEntry.KeyBlock BLOCK = new KeyEntry.KeyBlock("c1", "bob", "published", NOW);
    private static final KeyEntry OF_D1 = new KeyEntry("D1", NOW, List.of(), "e1", null);

    private static KeyOwnership.Claim claim(String deviceId) {
        return new KeyOwnership.Claim(deviceId, "e1", false, NOW);
    }

    private static KeyOwnership.Claim renewal(String enrollmentId) {
        return new KeyOwnership.Claim("D1", enrollmentId, true, NOW);
    }

    @Test
    void aRenewalBringsAKeyThatNoOtherEnrollmentHasHadACertificateFor() {
        assertThat(KeyOwnership.decide(null, renewal("e1"))).isEqualTo(new KeyOwnership.Granted(OF_D1));
        assertThat(KeyOwnership.decide(OF_D1, renewal("e2"))).isInstanceOf(KeyOwnership.Granted.class);
        var certified = KeyEntry.certified(OF_D1, "D1", "c1", NOW);
        assertThat(KeyOwnership.decide(certified, renewal("e2"))).isEqualTo(new KeyOwnership.NotNew());
        assertThat(new KeyOwnership.NotNew().failure())
                .isEqualTo(new Failure(
                        "renewal-new-key", "key: has had a certificate before; make a new key pair and request again"));
        // Its own certificate is no reason to refuse the same enrollment again.
        assertThat(KeyOwnership.decide(certified, renewal("e1"))).isEqualTo(new KeyOwnership.Granted(certified));
        assertThat(KeyOwnership.decide(certified, new KeyOwnership.Claim("D1", "e2", false, NOW)))
                .isEqualTo(new KeyOwnership.Granted(new KeyEntry("D1", NOW, List.of("c1"), "e2", null)));
        assertThat(KeyOwnership.decide(certified, new KeyOwnership.Claim("D2", "e2", true, NOW)))
                .isEqualTo(new KeyOwnership.Taken("D1"));
    }

    @Test
    void theFirstClaimWinsForEver() {
        assertThat(KeyOwnership.decide(null, claim("D1"))).isEqualTo(new KeyOwnership.Granted(OF_D1));
        assertThat(KeyOwnership.decide(OF_D1, new KeyOwnership.Claim("D1", "e1", false, NOW.plusSeconds(1))))
                .isEqualTo(new KeyOwnership.Granted(OF_D1));
        assertThat(KeyOwnership.decide(OF_D1, claim("D2"))).isEqualTo(new KeyOwnership.Taken("D1"));
    }

    @Test
    void aBlockedKeyIsGrantedToNobody() {
        var unclaimed = KeyEntry.blocked(null, BLOCK);
        assertThat(KeyOwnership.decide(unclaimed, claim("D1"))).isEqualTo(new KeyOwnership.Blocked(Optional.empty()));
        var claimed = KeyEntry.blocked(OF_D1, BLOCK);
        assertThat(KeyOwnership.decide(claimed, claim("D1"))).isEqualTo(new KeyOwnership.Blocked(Optional.empty()));
        assertThat(KeyOwnership.decide(claimed, claim("D2"))).isEqualTo(new KeyOwnership.Blocked(Optional.of("D1")));
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
        assertThat(entry).isEqualTo(new KeyEntry("D1", NOW, List.of("c0"), "", null));
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
