package dev.evenroll.validator.authority;

import dev.evenroll.validator.registry.RegistryUnavailableException;

/// Where entries of registration authorities are written. Safe for use by many threads.
public interface AuthorityLog {

    /// Writes an entry in the place of the one before it, durably.
    ///
    /// @throws RegistryUnavailableException when that can not be confirmed: it may or may not have been
    ///     written
    void append(AuthorityEntry entry) throws RegistryUnavailableException;
}
