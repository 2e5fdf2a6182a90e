package dev.evenroll.validator.enrollment;

import dev.evenroll.validator.registry.RegistryUnavailableException;
import java.util.Optional;

/// Reading what is known of the public keys that this replica holds. Safe for use by many threads.
public interface KeyDirectory {

    /// What is known of a key; empty when nothing is.
    ///
    /// @param keySha256 SHA-256 of the SubjectPublicKeyInfo, 64 lower-case hex digits
    /// @throws RegistryUnavailableException when the part that would hold it can not be read here and now
    Optional<KeyEntry> find(String keySha256) throws RegistryUnavailableException;
}
