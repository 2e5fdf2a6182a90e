package dev.evenroll.validator.registry;

import dev.evenroll.pki.identity.DeviceId;
import java.util.Collection;
import java.util.HashMap;
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

    /// How those of the commands ended that are remembered, in the entry of their device or beside it.
    ///
    /// @param commands the ids of commands, each with its device as it was read before
    /// @throws RegistryUnavailableException when a part of the registry that would hold one of them can not be
    ///     read here and now
    default Map<String, CommandResult> resultsOf(Map<String, DeviceLife.Known> commands)
            throws RegistryUnavailableException {
        var results = new HashMap<String, CommandResult>();
        var lost = new HashMap<String, DeviceId>();
        commands.forEach((commandId, device) -> {
            var entry = device.entry();
            entry.resultOf(commandId).ifPresent(result -> results.put(commandId, result));
            if (entry.mayHaveLost(commandId)) {
                lost.put(commandId, entry.deviceId());
            }
        });
        if (!lost.isEmpty()) {
            results.putAll(earlierResults(lost));
        }
        return results;
    }

    /// How those of the commands ended that have left the entries of their devices ([EarlierCommand]) and are
    /// remembered, all seen at once.
    ///
    /// @param commands the ids of commands, each with its device
    /// @throws RegistryUnavailableException when a part of the registry that would hold one of them can not be
    ///     read here and now
    Map<String, CommandResult> earlierResults(Map<String, DeviceId> commands) throws RegistryUnavailableException;

    /// Devices in the order of their ids, of the partitions that this replica holds.
    ///
    /// @throws RegistryUnavailableException when one of them can not be read now
    DevicePage list(DeviceQuery query) throws RegistryUnavailableException;
}
