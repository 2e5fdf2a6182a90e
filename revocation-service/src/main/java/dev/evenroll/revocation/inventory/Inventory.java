package dev.evenroll.revocation.inventory;

import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.revocation.life.CertificateLife;
import java.util.List;
import java.util.Optional;

/// The inventory: every certificate that the CA has issued, and how far its life has come.
public interface Inventory {

    /// One certificate; empty when the CA has not issued it.
    ///
    /// @throws InventoryUnavailableException when the inventory can not be read now
    Optional<CertificateLife> find(CertificateId id) throws InventoryUnavailableException;

    /// The certificates of a device, in the order of their ids: those that are good, and those that ended in the last
    /// year.
    ///
    /// @throws InventoryUnavailableException when the inventory can not be read now
    List<CertificateLife> ofDevice(String deviceId) throws InventoryUnavailableException;

    /// Certificates in the order of their ids.
    ///
    /// @throws InventoryUnavailableException when the inventory can not be read now
    InventoryPage list(InventoryQuery query) throws InventoryUnavailableException;
}
