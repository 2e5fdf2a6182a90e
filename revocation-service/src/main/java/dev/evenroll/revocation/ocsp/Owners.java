package dev.evenroll.revocation.ocsp;

import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.revocation.inventory.InventoryUnavailableException;
import java.net.URI;
import java.util.Optional;

/// Which replica holds which part of the inventory.
@FunctionalInterface
public interface Owners {

    /// Where another replica answers that holds a certificate; empty when it is this one, or when replicas do not say
    /// where they are.
    ///
    /// @throws InventoryUnavailableException when nobody is known to hold it now
    Optional<URI> otherThanHere(CertificateId id) throws InventoryUnavailableException;
}
