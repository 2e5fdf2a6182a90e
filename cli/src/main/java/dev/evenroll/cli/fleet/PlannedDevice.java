package dev.evenroll.cli.fleet;

import java.util.Optional;

/// One device of a [FleetPlan].
///
/// @param deviceId its serial number
/// @param victim device whose name or key it takes; empty for kinds that take none
public record PlannedDevice(String deviceId, DeviceKind kind, Optional<String> victim) {}
