package dev.evenroll.cli.login;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/// A login that is kept. It holds secrets.
///
/// @param accessToken the bearer token
/// @param expiresAt when it is worth nothing any more
/// @param renewal how to get the next one; empty: by logging in again
public record Login(String accessToken, Instant expiresAt, Optional<Renewal> renewal) {

    /// How a provider gives the next token (RFC 6749 section 6).
    ///
    /// @param issuer the provider
    /// @param clientId as which this command is known there
    /// @param refreshToken the secret for it
    /// @param anchors PEM file of the only CAs to trust for the provider; empty: those of the JDK
    public record Renewal(URI issuer, String clientId, String refreshToken, Optional<Path> anchors) {

        /// Hides the secret.
        @Override
        public String toString() {
            return "Renewal[" + issuer + ", " + clientId + "]";
        }
    }

    /// Hides the secrets.
    @Override
    public String toString() {
        return "Login[expires " + expiresAt + "]";
    }
}
