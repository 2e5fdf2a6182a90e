package dev.evenroll.validator.registry;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The name of a state of [DeviceLife], as it is written.
public enum LifeState {
    REGISTERED,
    ENROLLED,
    SUSPENDED,
    QUARANTINED,
    DECOMMISSIONED,
    /// A state of a newer version.
    UNKNOWN;

    /// The name of the state that a device is in.
    public static LifeState of(DeviceLife.Known device) {
        return switch (device) {
            case DeviceLife.Registered _ -> REGISTERED;
            case DeviceLife.Enrolled _ -> ENROLLED;
            case DeviceLife.Suspended _ -> SUSPENDED;
            case DeviceLife.Quarantined _ -> QUARANTINED;
            case DeviceLife.Decommissioned _ -> DECOMMISSIONED;
            case DeviceLife.Unrecognized _ -> UNKNOWN;
        };
    }

    /// The state of a name, in upper or lower case.
    public static Optional<LifeState> named(String text) {
        return Arrays.stream(values())
                .filter(state -> state.name().equals(text.toUpperCase(Locale.ROOT)))
                .findFirst();
    }
}
