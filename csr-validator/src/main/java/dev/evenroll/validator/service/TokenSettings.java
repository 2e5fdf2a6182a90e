package dev.evenroll.validator.service;

import jakarta.inject.Singleton;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// How bearer tokens are verified, looked at when the application starts: the library that verifies them would notice
/// a missing key at the first call only, and answer it with an internal error.
@Singleton
final class TokenSettings {

    private static final String KEY_LOCATION = "mp.jwt.verify.publickey.location";

    private final String keyLocation;
    private final String issuer;
    private final String audiences;

    TokenSettings(
            @ConfigProperty(name = KEY_LOCATION) String keyLocation,
            @ConfigProperty(name = "mp.jwt.verify.issuer") String issuer,
            @ConfigProperty(name = "mp.jwt.verify.audiences") String audiences) {
        this.keyLocation = keyLocation;
        this.issuer = issuer;
        this.audiences = audiences;
        requireUsableKey(keyLocation);
    }

    /// Refuses a location that no key can come from.
    ///
    /// @throws IllegalArgumentException when the key can not be used, with the name of the property
    static void requireUsableKey(String location) {
        if (!location.startsWith("https://") && !location.startsWith("file:/")) {
            throw new IllegalArgumentException(KEY_LOCATION + ": \"" + location
                    + "\" is neither an https:// nor a file: URL; set it to the provider's JWKS or to a PEM file.");
        }
        if (location.startsWith("file:/") && !Files.isReadable(Path.of(URI.create(location)))) {
            throw new IllegalArgumentException(
                    KEY_LOCATION + ": " + location + " can not be read; set it to a readable PEM file or JWKS.");
        }
    }

    String keyLocation() {
        return keyLocation;
    }

    String issuer() {
        return issuer;
    }

    String audiences() {
        return audiences;
    }
}
