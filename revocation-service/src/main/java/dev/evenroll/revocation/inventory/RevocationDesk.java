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

        /// The order is durable; whether the CA has issued such a certificate could not be seen.
        record Unseen() implements Outcome {}
    }

    /// Orders the revocation. Ordering it again changes nothing. An inventory that can not be read
    /// keeps nobody from revoking: the order is written all the same.
    ///
    /// @param actor who orders it
    public Outcome revoke(CertificateId id, CrlReason reason, String actor)
            throws OrderNotWrittenException, InterruptedException {
        var before = look(id);
        if (before instanceof Outcome.Revoked || before instanceof Outcome.Unknown) {
            return before;
        }
        orders.write(new RevocationOrder(id, reason, actor, clock.instant()));
        return await(id);
    }

    private Outcome await(CertificateId id) throws InterruptedException {
        var deadline = System.nanoTime() + patience.toNanos();
        Outcome seen;
        do {
            Thread.sleep(LOOK_AGAIN_AFTER);
            seen = look(id);
        } while ((seen instanceof Outcome.Pending || seen instanceof Outcome.Unseen)
                && System.nanoTime() - deadline < 0);
        return seen;
    }

    private Outcome look(CertificateId id) {
        try {
            return inventory
                    .find(id)
                    .<Outcome>map(life -> switch (life) {
                        case CertificateLife.Revoked revoked -> new Outcome.Revoked(revoked);
                        case CertificateLife.Issued ignored -> new Outcome.Pending();
                    })
                    .orElseGet(Outcome.Unknown::new);
        } catch (InventoryUnavailableException e) {
            return new Outcome.Unseen();
        }
    }
}
