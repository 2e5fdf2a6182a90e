package dev.evenroll.revocation.inventory;

import dev.evenroll.pki.crl.CrlReason;
import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.revocation.life.CertificateLife;
import dev.evenroll.revocation.life.RevocationOrder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/// Takes a person's orders to revoke certificates, to put them on hold and to release them, and waits until the
/// inventory
/// says that it is done.
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

        /// The certificate is what was ordered, by this order or an earlier one.
        record Done(CertificateLife certificate) implements Outcome {}

        /// The certificate can not become what was ordered any more: it is revoked, or its validity has ended.
        record Ended(CertificateLife certificate) implements Outcome {}

        /// The CA has not issued such a certificate.
        record Unknown() implements Outcome {}

        /// The order is durable and will be carried out, but was not within the caller's patience.
        record Pending() implements Outcome {}

        /// The order is durable; whether the CA has issued such a certificate could not be seen.
        record Unseen() implements Outcome {}
    }

    /// Gives an order. Giving it again changes nothing. An inventory that can not be read keeps nobody from
    /// ordering: the order is written all the same.
    ///
    /// @param reason what [RevocationOrder] takes
    /// @param actor who orders it
    public Outcome order(CertificateId id, CrlReason reason, String actor)
            throws OrderNotWrittenException, InterruptedException {
        var order = new RevocationOrder(id, reason, actor, clock.instant());
        var before = look(order);
        if (isFinal(before)) {
            return before;
        }
        orders.write(order);
        return await(order, System.nanoTime() + patience.toNanos());
    }

    /// Revokes every certificate of a device that is not revoked and has not expired.
    ///
    /// @param reason one of [RevocationOrder#REASONS]
    /// @param actor who orders it
    /// @return how the order of each certificate ended, all within the caller's patience; empty when there is none
    public Map<CertificateId, Outcome> revokeDevice(String deviceId, CrlReason reason, String actor)
            throws InventoryUnavailableException, OrderNotWrittenException, InterruptedException {
        var given = new ArrayList<RevocationOrder>();
        for (var life : inventory.ofDevice(deviceId)) {
            if (!(life instanceof CertificateLife.Revoked || life instanceof CertificateLife.Expired)) {
                given.add(new RevocationOrder(life.certificate().id(), reason, actor, clock.instant()));
            }
        }
        for (var order : given) {
            orders.write(order);
        }
        var deadline = System.nanoTime() + patience.toNanos();
        var outcomes = new LinkedHashMap<CertificateId, Outcome>();
        for (var order : given) {
            outcomes.put(order.certificateId(), await(order, deadline));
        }
        return outcomes;
    }

    private Outcome await(RevocationOrder order, long deadline) throws InterruptedException {
        var seen = look(order);
        while (!isFinal(seen) && System.nanoTime() - deadline < 0) {
            Thread.sleep(LOOK_AGAIN_AFTER);
            seen = look(order);
        }
        return seen;
    }

    private static boolean isFinal(Outcome seen) {
        return switch (seen) {
            case Outcome.Done _, Outcome.Ended _, Outcome.Unknown _ -> true;
            case Outcome.Pending _, Outcome.Unseen _ -> false;
        };
    }

    private Outcome look(RevocationOrder order) {
        try {
            return inventory
                    .find(order.certificateId())
                    .map(life -> judge(life, order.kind()))
                    .orElseGet(Outcome.Unknown::new);
        } catch (InventoryUnavailableException e) {
            return new Outcome.Unseen();
        }
    }

    private static Outcome judge(CertificateLife life, RevocationOrder.Kind kind) {
        return switch (life) {
            case CertificateLife.Revoked _ ->
                kind == RevocationOrder.Kind.REVOKE ? new Outcome.Done(life) : new Outcome.Ended(life);
            case CertificateLife.OnHold _ ->
                kind == RevocationOrder.Kind.HOLD ? new Outcome.Done(life) : new Outcome.Pending();
            case CertificateLife.Expired _ ->
                kind == RevocationOrder.Kind.REVOKE ? new Outcome.Pending() : new Outcome.Ended(life);
            case CertificateLife.InService _ ->
                kind == RevocationOrder.Kind.RELEASE ? new Outcome.Done(life) : new Outcome.Pending();
        };
    }
}
