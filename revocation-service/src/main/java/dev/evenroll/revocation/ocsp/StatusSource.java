package dev.evenroll.revocation.ocsp;

import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.revocation.inventory.InventoryUnavailableException;
import dev.evenroll.revocation.life.CertificateLife;
import java.util.Optional;

/// The part of the inventory that this replica holds.
@FunctionalInterface
public interface StatusSource {

    /// A certificate; empty when the CA has not issued it.
    ///
    /// @throws InventoryUnavailableException when that is not known here and now: it is somebody else's, or being
    ///     restored, or older than can be relied on
    Optional<CertificateLife> find(CertificateId id) throws InventoryUnavailableException;
}
