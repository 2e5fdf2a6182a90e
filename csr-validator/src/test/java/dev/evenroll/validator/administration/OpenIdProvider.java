package dev.evenroll.validator.administration;

import dev.evenroll.validator.simulation.HttpsListener;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The keys of an OpenID provider over HTTPS: what stands in the file that [#KEYS] names.
public final class OpenIdProvider implements QuarkusTestResourceLifecycleManager {

    static final String KEYS = "test.provider.keys";

    private @Nullable HttpsListener listener;

    @Override
    public Map<String, String> start() {
        try {
            var directory = Files.createTempDirectory("openid-provider");
            var keys = directory.resolve("jwks.json");
            listener = HttpsListener.start(exchange -> {
                if (Files.exists(keys)) {
                    var body = Files.readAllBytes(keys);
                    exchange.getResponseHeaders().add("Content-Type", "application/json");
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                } else {
                    exchange.sendResponseHeaders(503, -1);
                }
                exchange.close();
            });
            return configuration(listener, directory, keys);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> configuration(HttpsListener listener, Path directory, Path keys)
            throws IOException {
        return Map.of(
                KEYS,
                keys.toString(),
                "mp.jwt.verify.publickey.location",
                listener.uri() + "/jwks",
                "mp.jwt.verify.publickey.algorithm",
                "ES256,RS256",
                "mp.jwt.verify.issuer",
                "https://id.example/realms/fleet",
                "mp.jwt.verify.audiences",
                "evenroll",
                "smallrye.jwt.path.groups",
                "realm_access/roles",
                "smallrye.jwt.client.tls.certificate.path",
                listener.anchor(directory).toString(),
                "smallrye.jwt.jwks.forced-refresh-interval",
                "0");
    }

    @Override
    public void stop() {
        if (listener != null) {
            listener.close();
        }
    }
}
