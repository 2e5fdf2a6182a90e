package dev.evenroll.validator.registry;

import java.util.List;

/// Where commands to the registry are written down before they are applied. Safe for use by many threads.
public interface CommandLog {

    /// Writes the commands down durably, those of one device in the order of the list.
    ///
    /// @throws RegistryUnavailableException when that can not be confirmed for all of them: each may or may
    ///     not have been written
    void append(List<DeviceCommand> commands) throws RegistryUnavailableException;
}
