package dev.evenroll.validator.registry;

import dev.evenroll.pki.identity.DeviceId;
import java.util.Optional;

/// Reading the part of the registry that this replica holds. Safe for use by many threads.
public interface DeviceDirectory {

    /// The device as the registry holds it now.
    ///
    /// @throws RegistryUnavailableException when the part of the registry that would hold it can not be read
    ///     here and now; never an empty answer then
    Optional<DeviceLife.Known> find(DeviceId deviceId) throws RegistryUnavailableException;

    /// Devices in the order of their ids, of the partitions that this replica holds.
    ///
    /// @throws RegistryUnavailableException when one of them can not be read now
    DevicePage list(DeviceQuery query) throws RegistryUnavailableException;
}
