package dev.evenroll.validator.authority;

import dev.evenroll.validator.registry.RegistryUnavailableException;
import java.util.List;
import java.util.Optional;

/// Reading the registration authorities; every replica holds all of them. Safe for use by many threads.
public interface AuthorityDirectory {

    /// The authority with certificates of this CN.
    ///
    /// @throws RegistryUnavailableException when they can not be read now
    Optional<AuthorityEntry> find(String name) throws RegistryUnavailableException;

    /// All of them, in the order of their names.
    ///
    /// @throws RegistryUnavailableException when they can not be read now
    List<AuthorityEntry> list() throws RegistryUnavailableException;
}
