package dev.evenroll.revocation.inventory;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The renewals of all devices, those that are due first.
public interface Renewals {

    /// A part of them, in the order of their time.
    ///
    /// @param until only those that are due by then
    /// @param after the place that the page begins after; empty for the first page
    /// @param limit most on the page
    /// @throws InventoryUnavailableException when the inventory can not be read now
    Page list(Instant until, Optional<RenewalPlace> after, int limit) throws InventoryUnavailableException;

    /// A page.
    ///
    /// @param next the place to continue after; empty when this was the end
    record Page(List<DueRenewal> renewals, Optional<RenewalPlace> next) {

        public Page {
            renewals = List.copyOf(renewals);
        }
    }
}
