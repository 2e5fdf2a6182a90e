package dev.evenroll.validator.registry;

/// Where commands to the registry are written down before they are applied. Safe for use by many threads.
public interface CommandLog {

    /// Writes the command down durably.
    ///
    /// @throws RegistryUnavailableException when that can not be confirmed: it may or may not have been
    ///     written
    void append(RegisterCommand command) throws RegistryUnavailableException;
}
