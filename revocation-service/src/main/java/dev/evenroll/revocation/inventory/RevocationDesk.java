package dev.evenroll.revocation.inventory;

import dev.evenroll.pki.crl.CrlReason;
import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.revocation.life.CertificateLife;
import dev.evenroll.revocation.life.RevocationOrder;
import java.time.Duration;
import java.time.InstantSource;

/// Takes a person's order to revoke a certificate, and waits until the inventory says that it is done.
public final class RevocationDesk {

    private static final Duration LOOK_AGAIN_AFTER = Duration.ofMillis(20);

    private final Inventory inventory;
    private final OrderBook orders;
    private final InstantSource clock;
    private final Duration patience;

    /// @param patience how long the caller is kept waiting
    public RevocationDesk(Inventory inventory, OrderBook orders, InstantSource clock, Duration patience) {
        this.inventory = inventory;
        this.orders = orders;
        this.clock = clock;
        this.patience = patience;
    }

    /// How an order ended.
    public sealed interface Outcome {

        /// The certificate is revoked, by this order or an earlier one.
        record Revoked(CertificateLife.Revoked certificate) implements Outcome {}

        /// The CA has not issued such a certificate.
        record Unknown() implements Outcome {}

        /// The order is durable and will be carried out, but was not within the caller's patience.
        record Pending() implements Outcome {}
    }

    /// Orders the revocation. Ordering it again changes nothing.
    ///
    /// @param actor who orders it
    public Outcome revoke(CertificateId id, CrlReason reason, String actor)
            throws InventoryUnavailableException, OrderNotWrittenException, InterruptedException {
        var found = inventory.find(id);
        if (found.isEmpty()) {
            return new Outcome.Unknown();
        }
        if (found.get() instanceof CertificateLife.Revoked revoked) {
            return new Outcome.Revoked(revoked);
        }
        orders.write(new RevocationOrder(id, reason, actor, clock.instant()));
        return await(id);
    }

    private Outcome await(CertificateId id) throws InventoryUnavailableException, InterruptedException {
        var deadline = System.nanoTime() + patience.toNanos();
        do {
            if (inventory.find(id).orElse(null) instanceof CertificateLife.Revoked revoked) {
                return new Outcome.Revoked(revoked);
            }
            Thread.sleep(LOOK_AGAIN_AFTER);
        } while (System.nanoTime() - deadline < 0);
        return new Outcome.Pending();
    }
}
