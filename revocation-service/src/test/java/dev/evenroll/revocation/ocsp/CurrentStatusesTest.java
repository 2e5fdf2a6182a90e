package dev.evenroll.revocation.ocsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.evenroll.pki.crl.CrlReason;
import dev.evenroll.revocation.MovableClock;
import dev.evenroll.revocation.TestAuthority;
import dev.evenroll.revocation.connection.Freshness;
import dev.evenroll.revocation.connection.WithdrawnCertificates;
import dev.evenroll.revocation.connection.WithdrawnCertificates.Withdrawal;
import dev.evenroll.revocation.inventory.InventoryUnavailableException;
import dev.evenroll.revocation.inventory.MemoryInventory;
import dev.evenroll.revocation.life.CertificateLife.Expired;
import dev.evenroll.revocation.life.CertificateLife.Issued;
import dev.evenroll.revocation.life.CertificateLife.OnHold;
import dev.evenroll.revocation.life.CertificateLife.Revoked;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CurrentStatusesTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final MovableClock clock = new MovableClock(NOW);
    private final MemoryInventory inventory = new MemoryInventory();
    private final WithdrawnCertificates withdrawn = new WithdrawnCertificates();
    private final Freshness freshness = new Freshness("the set of revoked certificates", LIMIT);
    private final CurrentStatuses statuses = new CurrentStatuses(inventory::find, withdrawn, freshness, clock);
    private final Issued issued = new Issued(new TestAuthority(clock).issue("D1"), NOW);

    @Test
    void whatIsHeldCountsWhileEverythingThatIsWithdrawnIsKnown() throws Exception {
        inventory.put(issued);
        freshness.knownAsOf(NOW);
        clock.advance(LIMIT);
        assertThat(statuses.find(issued.certificate().id())).contains(issued);
    }

    /// It may have lost its part to another replica, where the certificate is revoked by now.
    @Test
    void whoHearsNothingOfTheBrokerSaysNothing() {
        inventory.put(issued);
        assertSaysNothing("the set of revoked certificates is not complete yet");
        freshness.knownAsOf(NOW);
        clock.advance(LIMIT.plusMillis(1));
        assertSaysNothing("the set of revoked certificates is known as of 5 s ago");
        freshness.knownAsOf(clock.instant());
        freshness.lost();
        assertSaysNothing("the set of revoked certificates is not complete yet");
    }

    @Test
    void whatIsWithdrawnElsewhereIsNotGoodHere() {
        freshness.knownAsOf(NOW);
        for (var withdrawal : Withdrawal.values()) {
            withdrawn.clear();
            withdrawn.put(issued.certificate().id(), withdrawal);
            inventory.clear();
            assertSaysNothing("The inventory has not caught up");
            inventory.put(issued);
            assertSaysNothing("The inventory has not caught up");
            inventory.put(new Expired(issued));
            assertSaysNothing("The inventory has not caught up");
        }
    }

    @Test
    void whatBothKnowToBeWithdrawnIsSaid() throws Exception {
        freshness.knownAsOf(NOW);
        withdrawn.put(issued.certificate().id(), Withdrawal.ON_HOLD);
        inventory.put(new OnHold(issued, NOW));
        assertThat(statuses.find(issued.certificate().id())).contains(new OnHold(issued, NOW));
        var revoked = new Revoked(issued, NOW, CrlReason.SUPERSEDED);
        inventory.put(revoked);
        assertThat(statuses.find(issued.certificate().id())).contains(revoked);
    }

    private void assertSaysNothing(String why) {
        assertThatExceptionOfType(InventoryUnavailableException.class)
                .isThrownBy(() -> statuses.find(issued.certificate().id()))
                .withMessageStartingWith(why);
    }
}
