package dev.evenroll.revocation.inventory;

import dev.evenroll.revocation.life.CertificateLife;
import java.util.List;
import java.util.Optional;

/// A part of the inventory.
///
/// @param certificates in the order of their ids
/// @param next certificate id to continue after; empty when this was the end
public record InventoryPage(List<CertificateLife> certificates, Optional<String> next) {

    public InventoryPage {
        certificates = List.copyOf(certificates);
    }
}
