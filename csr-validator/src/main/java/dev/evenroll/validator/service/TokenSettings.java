package dev.evenroll.validator.service;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// How bearer tokens are verified, looked at when the application starts: the library that verifies them would notice
/// a missing key at the first call only, and answer it with an internal error.
///
/// Any OpenID provider will do. Beside what is looked at here, the library reads `smallrye.jwt.path.groups` (path of
/// the claim that holds the roles, `groups` by default, `realm_access/roles` for example), `mp.jwt.verify.clock.skew`
/// and `mp.jwt.verify.token.age` (leeway and greatest age, seconds), and `smallrye.jwt.client.tls.certificate.path`
/// (PEM: the CA that certifies the provider's server, when the JDK does not trust it).
@Singleton
final class TokenSettings {

    private static final String KEY_LOCATION = "mp.jwt.verify.publickey.location";
    private static final String ALGORITHMS = "mp.jwt.verify.publickey.algorithm";

    private final String keyLocation;
    private final String issuer;
    private final String audiences;

    TokenSettings(
            @ConfigProperty(name = KEY_LOCATION) String keyLocation,
            @ConfigProperty(name = ALGORITHMS) Set<String> algorithms,
            @ConfigProperty(name = "mp.jwt.verify.issuer") String issuer,
            @ConfigProperty(name = "mp.jwt.verify.audiences") String audiences) {
        this.keyLocation = keyLocation;
        this.issuer = issuer;
        this.audiences = audiences;
        requireUsableKey(keyLocation, algorithms);
    }

    /// Refuses a location that no key can come from, and algorithms by which whoever verifies tokens can make them.
    ///
    /// @throws IllegalArgumentException when tokens can not be verified so, with the name of the property
    static void requireUsableKey(String location, Set<String> algorithms) {
        var symmetric = algorithms.stream()
                .filter(algorithm -> algorithm.startsWith("HS"))
                .sorted()
                .findFirst();
        if (symmetric.isPresent()) {
            throw new IllegalArgumentException(ALGORITHMS + ": " + symmetric.get()
                    + " is symmetric: whoever can verify a token can make one; set it to the provider's algorithm, for "
                    + "example RS256 or ES256.");
        }
        if (!location.startsWith("https://") && !location.startsWith("file:/")) {
            throw new IllegalArgumentException(KEY_LOCATION + ": \"" + location
                    + "\" is neither an https:// nor a file: URL; set it to the provider's JWKS or to a PEM file.");
        }
        if (location.startsWith("file:/") && isPem(location) && algorithms.size() != 1) {
            throw new IllegalArgumentException(ALGORITHMS + ": " + location
                    + " is a PEM file, which does not say what its key is for; set it to the one algorithm, for example "
                    + "ES256.");
        }
    }

    private static boolean isPem(String location) {
        try {
            return Files.readString(Path.of(URI.create(location)), StandardCharsets.ISO_8859_1)
                    .contains("-----BEGIN");
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    KEY_LOCATION + ": " + location + " can not be read; set it to a readable PEM file or JWKS.", e);
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
