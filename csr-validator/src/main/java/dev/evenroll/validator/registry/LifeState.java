package dev.evenroll.validator.registry;

import java.util.Optional;

/// The name of a state of [DeviceLife].
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

    /// The state of a word.
    public static Optional<LifeState> named(String text) {
        return Word.among(values(), text);
    }
}
