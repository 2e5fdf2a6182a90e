package dev.evenroll.validator.administration;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.evenroll.validator.registry.DeviceLife;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A device as JSON.
///
/// @param state `REGISTERED`, `ENROLLED`, or `UNKNOWN` for a state of a newer version
/// @param registeredAt when it was registered, ISO 8601, UTC
/// @param revision number of applied changes, from 1
/// @param warnings what the caller should know of the registration; left out when there is nothing
public record DeviceView(
        String deviceId,
        String manufacturer,
        String model,
        String ocppIdentity,
        String owner,
        String site,
        String state,
        String registeredAt,
        long revision,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> warnings) {

    public DeviceView {
        warnings = List.copyOf(warnings);
    }

    /// Devices in the order of their ids.
    ///
    /// @param next the value of `after` for the following ones; null when there are none
    public record Page(List<DeviceView> devices, @Nullable String next) {

        public Page {
            devices = List.copyOf(devices);
        }
    }

    static DeviceView of(DeviceLife.Known device, List<String> warnings) {
        var entry = device.entry();
        var registration = entry.registration();
        return new DeviceView(
                entry.deviceId().value(),
                registration.manufacturer(),
                registration.model(),
                registration.ocppIdentity(),
                registration.owner(),
                registration.site(),
                switch (device) {
                    case DeviceLife.Registered _ -> "REGISTERED";
                    case DeviceLife.Enrolled _ -> "ENROLLED";
                    case DeviceLife.Suspended _ -> "SUSPENDED";
                    case DeviceLife.Quarantined _ -> "QUARANTINED";
                    case DeviceLife.Decommissioned _ -> "DECOMMISSIONED";
                    case DeviceLife.Unrecognized _ -> "UNKNOWN";
                },
                entry.registeredAt().toString(),
                entry.revision(),
                warnings);
    }
}
