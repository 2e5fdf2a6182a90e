package dev.evenroll.validator.administration;

import dev.evenroll.pki.Pem;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.validator.registry.EndedCommands;
import dev.evenroll.validator.registry.Profiles;
import dev.evenroll.validator.simulation.Installation;
import io.quarkus.test.junit.QuarkusTestProfile;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// The application with the registry in memory, over plain HTTP.
public class WithoutKafka implements QuarkusTestProfile {

    static final Duration PATIENCE = Duration.ofMillis(100);

    @Override
    public Map<String, String> getConfigOverrides() {
        var overrides = new HashMap<>(withoutTokenKeys());
        overrides.putAll(tokenKeys());
        overrides.put("mp.jwt.verify.issuer", "test-issuer");
        overrides.put("mp.jwt.verify.audiences", "evenroll");
        return overrides;
    }

    static Map<String, String> withoutTokenKeys() {
        var overrides = new HashMap<String, String>();
        overrides.put("quarkus.arc.exclude-types", "dev.evenroll.validator.service.*");
        overrides.put("quarkus.http.insecure-requests", "enabled");
        overrides.put("quarkus.http.test-port", "0");
        overrides.put("quarkus.management.test-port", "0");
        overrides.put("evenroll.environment", "test");
        overrides.put("evenroll.kafka.client-properties", "none");
        overrides.put("evenroll.trust.manufacturers", "none");
        overrides.put("evenroll.ca.directory", "none");
        overrides.put("evenroll.state-directory", "none");
        return overrides;
    }

    private static Map<String, String> tokenKeys() {
        var keys = Keys.generateP256();
        try {
            Path directory = Files.createTempDirectory("token-keys");
            var publicKey = Files.writeString(
                    directory.resolve("public.pem"), pem(keys.getPublic().getEncoded()));
            var privateKey = Files.writeString(directory.resolve("private.pem"), Pem.encode(keys.getPrivate()));
            return Map.of(
                    "mp.jwt.verify.publickey.location",
                    publicKey.toUri().toString(),
                    "mp.jwt.verify.publickey.algorithm",
                    "ES256",
                    "smallrye.jwt.sign.key.location",
                    privateKey.toUri().toString(),
                    "smallrye.jwt.new-token.signature-algorithm",
                    "ES256");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String pem(byte[] key) {
        return "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(key)
                + "\n-----END PUBLIC KEY-----\n";
    }

    /// What the application wires otherwise.
    @Singleton
    public static final class Beans {

        @Produces
        @Singleton
        CommandDesk desk(MemoryRegistry registry, EndedCommands ended) {
            return new CommandDesk(registry, registry, ended, PATIENCE);
        }

        @Produces
        @Singleton
        EndedCommands endedCommands() {
            return new EndedCommands();
        }

        @Produces
        @Singleton
        Forwarding forwarding(FixedReplicas replicas) {
            return new Forwarding(replicas, HttpClient.newHttpClient());
        }

        @Produces
        @Singleton
        Profiles profiles() {
            return Profiles.of(Installation.builtIn());
        }

        @Produces
        @Singleton
        Manufacturers manufacturers() {
            return new Manufacturers(() -> Set.of("acme"));
        }

        @Produces
        @Singleton
        Patience patience() {
            return new Patience(PATIENCE);
        }

        @Produces
        @Singleton
        InstantSource clock() {
            return InstantSource.fixed(MemoryRegistry.NOW);
        }
    }
}
