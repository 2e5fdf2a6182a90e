package dev.evenroll.revocation.inventory;

import dev.evenroll.revocation.device.DeviceCertificate;
import java.time.Instant;
import java.util.Optional;

/// A renewal that is due, or will be.
///
/// @param ocppIdentity name of the station in the OCPP connection URL; empty before the registry has said it
/// @param site where it stands; empty before the registry has said it
/// @param certificate what is to be renewed
/// @param dueAt when it is due, or became so
public record DueRenewal(
        String deviceId,
        Optional<String> ocppIdentity,
        Optional<String> site,
        DeviceCertificate certificate,
        Instant dueAt) {

    /// What comes after this one in the order of [Renewals].
    public RenewalPlace place() {
        return new RenewalPlace(dueAt, deviceId);
    }
}
