package dev.evenroll.cli.administration;

import dev.evenroll.cli.retry.FaultException;
import java.time.Instant;

/// The one-time token of a device, as it is told once.
///
/// @param token the secret, as the registry wrote it
public record DeviceToken(String deviceId, String token, Instant expiresAt) {

    static DeviceToken read(Fields fields) throws FaultException {
        return new DeviceToken(fields.text("deviceId"), fields.text("token"), fields.instant("expiresAt"));
    }

    /// Hides the secret.
    @Override
    public String toString() {
        return "DeviceToken[" + deviceId + ", expires " + expiresAt + "]";
    }
}
