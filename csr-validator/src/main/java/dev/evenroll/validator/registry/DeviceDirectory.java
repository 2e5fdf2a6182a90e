package dev.evenroll.validator.registry;

import dev.evenroll.pki.identity.DeviceId;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/// Reading the part of the registry that this replica holds: what is read stays so, whatever fails next. Safe
/// for use by many threads.
public interface DeviceDirectory {

    /// The device as the registry holds it now.
    ///
    /// @throws RegistryUnavailableException when the part of the registry that would hold it can not be read
    ///     here and now; never an empty answer then
    Optional<DeviceLife.Known> find(DeviceId deviceId) throws RegistryUnavailableException;

    /// Those of the devices that are in the registry, all seen at once: it takes no longer than one.
    ///
    /// @throws RegistryUnavailableException when a part of the registry that would hold one of them can not be
    ///     read here and now
    Map<DeviceId, DeviceLife.Known> findAll(Collection<DeviceId> deviceIds) throws RegistryUnavailableException;

    /// Devices in the order of their ids, of the partitions that this replica holds.
    ///
    /// @throws RegistryUnavailableException when one of them can not be read now
    DevicePage list(DeviceQuery query) throws RegistryUnavailableException;
}
