package dev.evenroll.revocation.publication;

import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.revocation.device.RenewalWindow;
import dev.evenroll.revocation.inventory.InventoryUnavailableException;
import java.util.Optional;

/// Knows when certificates should be renewed.
@FunctionalInterface
public interface RenewalSource {

    /// Empty when the CA has not issued such a certificate.
    ///
    /// @throws InventoryUnavailableException when the inventory can not be read now
    Optional<RenewalWindow> window(CertificateId certificate) throws InventoryUnavailableException;
}
