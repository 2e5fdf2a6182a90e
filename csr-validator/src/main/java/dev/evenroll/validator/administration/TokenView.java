package dev.evenroll.validator.administration;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
/// A one-time token for the installer's eyes, as JSON. Never logged.
///
/// @param token 32 characters of Crockford's base 32, in groups of four
/// @param expiresAt when it expires, ISO 8601, UTC

@Schema(name = "Token")
public record TokenView(String deviceId, String token, String expiresAt) {

    /// Does not tell the token.
    @Override
    public String toString() {
        return "TokenView[deviceId=" + deviceId + ", expiresAt=" + expiresAt + "]";
    }
}
