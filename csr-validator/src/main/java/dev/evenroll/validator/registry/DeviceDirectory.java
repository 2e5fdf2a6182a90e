package dev.evenroll.validator.registry;

import dev.evenroll.pki.identity.DeviceId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reading the registry. Safe for use by many threads.
public interface DeviceDirectory {

    /// The device as the registry holds it now.
    ///
    /// @throws RegistryUnavailableException when the part of the registry that would hold it can not be read
    ///     now; never an empty answer then
    Optional<DeviceLife.Known> find(DeviceId deviceId) throws RegistryUnavailableException;

    /// Devices in the order of their ids.
    ///
    /// @param after the id before the first one; null for the beginning
    /// @param limit at most so many, at least 1
    /// @throws RegistryUnavailableException when a part of the registry can not be read now
    List<DeviceLife.Known> list(@Nullable String after, int limit) throws RegistryUnavailableException;
}
