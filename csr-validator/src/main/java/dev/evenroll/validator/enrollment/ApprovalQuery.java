package dev.evenroll.validator.enrollment;

import dev.evenroll.pki.identity.DeviceId;
import org.jspecify.annotations.Nullable;

/// Which enrollments that wait, or waited, for a person somebody wants to see. A null asks for nothing.
///
/// @param after the place before the first one; null for the beginning
/// @param limit at most so many, at least 1
/// @param device of this device only
/// @param decided whether a person has decided
public record ApprovalQuery(
        @Nullable ApprovalPlace after,
        int limit,
        @Nullable DeviceId device,
        @Nullable Boolean decided) {

    /// Whether the enrollment is one of those.
    public boolean matches(Approval approval) {
        return (device == null || device.value().equals(approval.deviceId()))
                && (decided == null || decided == (approval.decision() != null));
    }
}
