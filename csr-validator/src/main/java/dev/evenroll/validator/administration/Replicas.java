package dev.evenroll.validator.administration;

import dev.evenroll.validator.registry.RegistryUnavailableException;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/// The replicas of this service, and what each of them holds. Safe for use by many threads.
public interface Replicas {

    /// What is kept by key.
    enum Kept {
        /// By device id.
        DEVICES,
        /// By the SHA-256 of the SubjectPublicKeyInfo.
        KEYS
    }

    /// Number of partitions of the registry; they are numbered from 0.
    int partitions();

    /// Address of the administration listener of the replica that holds the key; empty when this one does, or
    /// when the replicas do not say who they are.
    ///
    /// @throws RegistryUnavailableException when that is not known now
    Optional<URI> ownerOf(Kept kept, String key) throws RegistryUnavailableException;

    /// Addresses of the other replicas that hold devices, as far as they say who they are.
    ///
    /// @throws RegistryUnavailableException when that is not known now
    Set<URI> others() throws RegistryUnavailableException;
}
