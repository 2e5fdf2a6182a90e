package dev.evenroll.validator.registry;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Which devices somebody wants to see. A null asks for nothing.
///
/// @param after the id before the first one; null for the beginning
/// @param limit at most so many, at least 1
/// @param expiringBefore end that the last certificate has to have before; devices without one do not match
public record DeviceQuery(
        @Nullable String after,
        int limit,
        @Nullable LifeState state,
        @Nullable String site,
        @Nullable String manufacturer,
        @Nullable String model,
        @Nullable String profile,
        @Nullable Instant expiringBefore) {

    /// Every device.
    public static DeviceQuery all(@Nullable String after, int limit) {
        return new DeviceQuery(after, limit, null, null, null, null, null, null);
    }

    /// Whether the device is one of those.
    public boolean matches(DeviceLife.Known device) {
        var registration = device.entry().registration();
        var notAfter = device.entry().certificateNotAfter();
        return (state == null || state == LifeState.of(device))
                && (site == null || site.equals(registration.site()))
                && (manufacturer == null || manufacturer.equals(registration.manufacturer()))
                && (model == null || model.equals(registration.model()))
                && (profile == null || profile.equals(registration.profile()))
                && (expiringBefore == null || (notAfter != null && notAfter.isBefore(expiringBefore)));
    }
}
