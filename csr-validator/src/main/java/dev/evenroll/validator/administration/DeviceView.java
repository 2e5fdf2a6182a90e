package dev.evenroll.validator.administration;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.evenroll.validator.registry.DeviceLife;
import dev.evenroll.validator.registry.LifeState;
import dev.evenroll.validator.registry.Word;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// A device as JSON. What is null is left out.
///
/// @param enrollmentModels ways in which it may get its first certificate
/// @param profile name of the certificate profile that its next certificates are issued under
/// @param state word of a [LifeState]; `unknown` for a state of a newer version
/// @param stateReason why it is suspended, quarantined or decommissioned
/// @param registeredAt when it was registered, ISO 8601, UTC
/// @param changedAt when the revision came to be, ISO 8601, UTC
/// @param revision number of applied changes, from 1
/// @param certificateNotAfter last end of validity of its certificates, ISO 8601, UTC
/// @param warnings what the caller should know of the registration; left out when there is nothing
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Device")
public record DeviceView(
        String deviceId,
        String manufacturer,
        String model,
        String ocppIdentity,
        String owner,
        String site,
        List<String> enrollmentModels,
        @Nullable String idevidSha256,
        @Nullable String keySha256,
        String profile,
        String state,
        @Nullable String stateReason,
        String registeredAt,
        String changedAt,
        long revision,
        @Nullable String certificateNotAfter,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> warnings) {

    public DeviceView {
        enrollmentModels = List.copyOf(enrollmentModels);
        warnings = warnings == null ? List.of() : List.copyOf(warnings);
    }

    /// Devices in the order of their ids.
    ///
    /// @param next the value of `after` for the following ones; null when there are none. A page may hold
    ///     fewer devices than wanted and have a next one all the same
    @Schema(name = "DevicePage")
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
                registration.enrollmentModels().stream().map(Word::of).toList(),
                registration.idevidSha256(),
                registration.keySha256(),
                registration.profile(),
                Word.of(LifeState.of(device)),
                reason(device),
                entry.registeredAt().toString(),
                entry.changedAt().toString(),
                entry.revision(),
                Optional.ofNullable(entry.certificateNotAfter())
                        .map(Instant::toString)
                        .orElse(null),
                warnings);
    }

    private static @Nullable String reason(DeviceLife.Known device) {
        return switch (device) {
            case DeviceLife.Suspended suspended -> suspended.reason();
            case DeviceLife.Quarantined quarantined -> quarantined.reason();
            case DeviceLife.Decommissioned decommissioned -> decommissioned.reason();
            case DeviceLife.Registered _, DeviceLife.Enrolled _, DeviceLife.Unrecognized _ -> null;
        };
    }
}
