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
import java.util.stream.Stream;
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

    private void carryOut(RevocationOrder order) throws OrderNotWrittenException {
        orders.add(order);
        try {
            inventory.put(inventory
                    .find(order.certificateId())
                    .flatMap(life -> life.carryOut(order, NOW))
                    .orElseThrow());
        } catch (InventoryUnavailableException e) {
            throw new OrderNotWrittenException("unavailable", e);
        }
    }

    @Test
    void writesTheOrderAndAnswersWhenItIsCarriedOut() throws Exception {
        inventory.put(issued);
        var desk = desk(order -> {
            orders.add(order);
            inventory.put(issued.carryOut(order, NOW).orElseThrow());
        });

        assertThat(desk.order(issued.certificate().id(), CrlReason.SUPERSEDED, "anna"))
                .isEqualTo(new RevocationDesk.Outcome.Done(
                        new CertificateLife.Revoked(issued, NOW, CrlReason.SUPERSEDED)));
        assertThat(orders)
                .containsExactly(new RevocationOrder(issued.certificate().id(), CrlReason.SUPERSEDED, "anna", NOW));
    }

    @Test
    void aSecondOrderIsNotWritten() throws Exception {
        var revoked = new CertificateLife.Revoked(issued, NOW, CrlReason.KEY_COMPROMISE);
        inventory.put(revoked);

        assertThat(desk(orders::add).order(issued.certificate().id(), CrlReason.SUPERSEDED, "anna"))
                .isEqualTo(new RevocationDesk.Outcome.Done(revoked));
        assertThat(orders).isEmpty();
    }

    @Test
    void anUnknownCertificateIsNotOrdered() throws Exception {
        assertThat(desk(orders::add).order(new CertificateId("ab", "01"), CrlReason.SUPERSEDED, "anna"))
                .isEqualTo(new RevocationDesk.Outcome.Unknown());
        assertThat(orders).isEmpty();
    }

    /// An unreadable partition of the inventory must not keep anybody from revoking.
    @Test
    void writesTheOrderEvenWhenTheInventoryCanNotBeRead() throws Exception {
        inventory.put(issued);
        inventory.breakDown();

        assertThat(desk(orders::add).order(issued.certificate().id(), CrlReason.SUPERSEDED, "anna"))
                .isEqualTo(new RevocationDesk.Outcome.Unseen());
        assertThat(orders).hasSize(1);
    }

    @Test
    void answersWhenTheInventoryComesBackWhileItWaits() throws Exception {
        inventory.breakDown();
        var desk = desk(order -> {
            inventory.clear();
            inventory.put(issued.carryOut(order, NOW).orElseThrow());
        });

        assertThat(desk.order(issued.certificate().id(), CrlReason.SUPERSEDED, "anna"))
                .isInstanceOf(RevocationDesk.Outcome.Done.class);
    }

    @Test
    void saysSoWhenItTakesLong() throws Exception {
        inventory.put(issued);

        assertThat(desk(orders::add).order(issued.certificate().id(), CrlReason.SUPERSEDED, "anna"))
                .isEqualTo(new RevocationDesk.Outcome.Pending());
    }

    @Test
    void holdsAndReleases() throws Exception {
        inventory.put(issued);
        var id = issued.certificate().id();
        var desk = desk(this::carryOut);
        var held = new CertificateLife.OnHold(issued, NOW);

        assertThat(desk.order(id, CrlReason.CERTIFICATE_HOLD, "anna")).isEqualTo(new RevocationDesk.Outcome.Done(held));
        assertThat(desk.order(id, CrlReason.CERTIFICATE_HOLD, "anna")).isEqualTo(new RevocationDesk.Outcome.Done(held));
        assertThat(desk.order(id, CrlReason.REMOVE_FROM_CRL, "anna"))
                .isEqualTo(new RevocationDesk.Outcome.Done(issued));
        assertThat(desk.order(id, CrlReason.REMOVE_FROM_CRL, "anna"))
                .isEqualTo(new RevocationDesk.Outcome.Done(issued));
    }

    @Test
    void whatHasEndedIsNeitherHeldNorReleased() throws Exception {
        var revoked = new CertificateLife.Revoked(issued, NOW, CrlReason.SUPERSEDED);
        inventory.put(revoked);
        var id = issued.certificate().id();

        assertThat(desk(orders::add).order(id, CrlReason.CERTIFICATE_HOLD, "anna"))
                .isEqualTo(new RevocationDesk.Outcome.Ended(revoked));
        inventory.put(new CertificateLife.Expired(issued));
        assertThat(desk(orders::add).order(id, CrlReason.REMOVE_FROM_CRL, "anna"))
                .isEqualTo(new RevocationDesk.Outcome.Ended(new CertificateLife.Expired(issued)));
        assertThat(orders).isEmpty();
    }

    @Test
    void revokesWhatADeviceHasAndNothingElse() throws Exception {
        var authority = new TestAuthority(clock);
        var second = new CertificateLife.Issued(authority.issue("D1"), NOW);
        var expired = new CertificateLife.Expired(new CertificateLife.Issued(authority.issue("D1"), NOW));
        var other = new CertificateLife.Issued(authority.issue("D2"), NOW);
        Stream.of(issued, second, expired, other).forEach(inventory::put);
        var desk = desk(this::carryOut);

        assertThat(desk.revokeDevice("D1", CrlReason.KEY_COMPROMISE, "anna"))
                .containsOnlyKeys(
                        issued.certificate().id(), second.certificate().id())
                .allSatisfy((id, outcome) -> assertThat(outcome)
                        .isInstanceOfSatisfying(
                                RevocationDesk.Outcome.Done.class,
                                done -> assertThat(done.certificate()).isInstanceOf(CertificateLife.Revoked.class)));
        assertThat(orders).hasSize(2);
        assertThat(desk.revokeDevice("D1", CrlReason.KEY_COMPROMISE, "anna")).isEmpty();
        assertThat(orders).hasSize(2);
    }
}
