package dev.evenroll.revocation.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.crl.CrlReason;
import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.revocation.MovableClock;
import dev.evenroll.revocation.TestAuthority;
import dev.evenroll.revocation.life.CertificateLife;
import dev.evenroll.revocation.life.RevocationOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RevocationDeskTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final MovableClock clock = new MovableClock(NOW);
    private final MemoryInventory inventory = new MemoryInventory();
    private final List<RevocationOrder> orders = new ArrayList<>();
    private final CertificateLife.Issued issued = new CertificateLife.Issued(new TestAuthority(clock).issue("D1"), NOW);

    private RevocationDesk desk(OrderBook book) {
        return new RevocationDesk(inventory, book, clock, Duration.ofMillis(200));
    }

    @Test
    void writesTheOrderAndAnswersWhenItIsCarriedOut() throws Exception {
        inventory.put(issued);
        var desk = desk(order -> {
            orders.add(order);
            inventory.put(issued.revoke(order, NOW));
        });

        assertThat(desk.revoke(issued.certificate().id(), CrlReason.SUPERSEDED, "anna"))
                .isEqualTo(new RevocationDesk.Outcome.Revoked(
                        new CertificateLife.Revoked(issued.certificate(), NOW, CrlReason.SUPERSEDED)));
        assertThat(orders)
                .containsExactly(new RevocationOrder(issued.certificate().id(), CrlReason.SUPERSEDED, "anna", NOW));
    }

    @Test
    void aSecondOrderIsNotWritten() throws Exception {
        var revoked = new CertificateLife.Revoked(issued.certificate(), NOW, CrlReason.KEY_COMPROMISE);
        inventory.put(revoked);

        assertThat(desk(orders::add).revoke(issued.certificate().id(), CrlReason.SUPERSEDED, "anna"))
                .isEqualTo(new RevocationDesk.Outcome.Revoked(revoked));
        assertThat(orders).isEmpty();
    }

    @Test
    void anUnknownCertificateIsNotOrdered() throws Exception {
        assertThat(desk(orders::add).revoke(new CertificateId("ab", "01"), CrlReason.SUPERSEDED, "anna"))
                .isEqualTo(new RevocationDesk.Outcome.Unknown());
        assertThat(orders).isEmpty();
    }

    /// An unreadable partition of the inventory must not keep anybody from revoking.
    @Test
    void writesTheOrderEvenWhenTheInventoryCanNotBeRead() throws Exception {
        inventory.put(issued);
        inventory.breakDown();

        assertThat(desk(orders::add).revoke(issued.certificate().id(), CrlReason.SUPERSEDED, "anna"))
                .isEqualTo(new RevocationDesk.Outcome.Unseen());
        assertThat(orders).hasSize(1);
    }

    @Test
    void answersWhenTheInventoryComesBackWhileItWaits() throws Exception {
        inventory.breakDown();
        var desk = desk(order -> {
            inventory.clear();
            inventory.put(issued.revoke(order, NOW));
        });

        assertThat(desk.revoke(issued.certificate().id(), CrlReason.SUPERSEDED, "anna"))
                .isInstanceOf(RevocationDesk.Outcome.Revoked.class);
    }

    @Test
    void saysSoWhenItTakesLong() throws Exception {
        inventory.put(issued);

        assertThat(desk(orders::add).revoke(issued.certificate().id(), CrlReason.SUPERSEDED, "anna"))
                .isEqualTo(new RevocationDesk.Outcome.Pending());
    }
}
