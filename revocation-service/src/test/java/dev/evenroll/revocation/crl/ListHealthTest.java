package dev.evenroll.revocation.crl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.crl.CrlName;
import dev.evenroll.revocation.MovableClock;
import dev.evenroll.revocation.TestAuthority;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ListHealthTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final int SHARDS = 5;

    private final TestAuthority ca = new TestAuthority(new MovableClock(NOW), SHARDS);
    private final TestAuthority next = new TestAuthority(new MovableClock(NOW), SHARDS);
    private final String keyId = ca.issuer().keyId();
    private final Issuers issuers = Issuers.of(ca.issuer(), next.issuer());
    private final PublishedCrls published = new PublishedCrls(issuers, ca.addresses());
    private final UnsignedCrls unsigned = new UnsignedCrls();

    private void publish(int shard, long number) throws Exception {
        published.offer(new CrlName(keyId, shard, false), number, ca.signCrl(ca.list(number, NOW)));
    }

    private ListHealth at(Instant now) {
        return ListHealth.of(issuers, published, unsigned, now);
    }

    @Test
    void listsAreServedWhenACaHasAllOfThem() throws Exception {
        for (int shard = 0; shard < SHARDS - 1; shard++) {
            publish(shard, 3 + shard);
        }
        assertThat(at(NOW).served()).isFalse();
        assertThat(at(NOW).facts())
                .containsEntry(
                        "crl." + keyId, "4 of 5 lists valid, numbers up to 6, the first ends 2026-11-23T10:00:00Z")
                .containsEntry("crl." + keyId + "-4", "none signed yet; is the issuer running?")
                .containsEntry("crl." + next.issuer().keyId(), "0 of 5 lists valid");
        publish(4, 1);

        assertThat(at(NOW).served()).isTrue();
    }

    /// With a dead issuer every list of a hundred ends.
    @Test
    void ofManyListsInTroubleTheFirstAreNamed() throws Exception {
        for (int shard = 0; shard < SHARDS; shard++) {
            publish(shard, 1);
            unsigned.prepared(new CrlShard(keyId, shard), 1, NOW);
        }

        var health = at(NOW.plus(Duration.ofHours(25)));

        assertThat(health.served()).isFalse();
        assertThat(health.facts())
                .containsEntry("crl." + keyId, "0 of 5 lists valid")
                .containsEntry("crl." + keyId + "-2", "number 1, ended 2026-11-23T10:00:00Z")
                .doesNotContainKey("crl." + keyId + "-3")
                .hasEntrySatisfying(
                        "crl." + keyId + "-2.unsigned",
                        fact -> assertThat(fact).startsWith("since 2026-11-22T10:00:00Z; revocations are missing"))
                .doesNotContainKey("crl." + keyId + "-3.unsigned");
    }
}
