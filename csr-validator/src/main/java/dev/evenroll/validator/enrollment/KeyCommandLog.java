package dev.evenroll.validator.enrollment;

import dev.evenroll.validator.registry.RegistryUnavailableException;

/// Where commands about keys are written down before they are applied. Safe for use by many threads.
public interface KeyCommandLog {

    /// An authorized person's order to certify a key for nobody any more.
    ///
    /// @param commandId id of the order
    /// @param actor who gives it
    /// @param keySha256 SHA-256 of the SubjectPublicKeyInfo, 64 lower-case hex digits
    /// @param reason why, for people
    record Block(String commandId, String actor, String keySha256, String reason) {}

    /// Writes the order down durably.
    ///
    /// @throws RegistryUnavailableException when that can not be confirmed: it may or may not have been
    ///     written
    void append(Block order) throws RegistryUnavailableException;
}
