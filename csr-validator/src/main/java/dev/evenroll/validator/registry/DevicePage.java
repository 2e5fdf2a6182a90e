package dev.evenroll.validator.registry;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The devices of one replica that a query has found, in the order of their ids.
///
/// @param next how far was looked: the value of `after` for the following ones; null when everything was
///     looked at. A page may hold fewer devices than wanted and still have a next one: how many devices are
///     looked at for one page is limited
/// @param partitions the partitions of the registry that were looked at: those that the replica holds
public record DevicePage(
        List<DeviceLife.Known> devices, @Nullable String next, Set<Integer> partitions) {

    public DevicePage {
        devices = List.copyOf(devices);
        partitions = Set.copyOf(partitions);
    }
}
