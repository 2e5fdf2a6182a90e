package dev.evenroll.revocation.inventory;

import dev.evenroll.revocation.life.RevocationOrder;

/// Where orders to revoke are written down, durably, before anything else happens.
@FunctionalInterface
public interface OrderBook {

    /// Writes an order down.
    ///
    /// @throws OrderNotWrittenException when it is not known to be durable
    void write(RevocationOrder order) throws OrderNotWrittenException;
}
