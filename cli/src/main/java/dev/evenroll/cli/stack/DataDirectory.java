package dev.evenroll.cli.stack;

import dev.evenroll.cli.files.OwnerOnly;
import dev.evenroll.cli.trust.TrustFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/// Where a local stack keeps everything: keys, topics, states, logs. The one place that names its files, but for those
/// of [TrustFiles].
///
/// @param root absolute path
record DataDirectory(Path root) {

    DataDirectory {
        root = root.toAbsolutePath().normalize();
    }

    void create() throws IOException {
        OwnerOnly.directory(root);
        OwnerOnly.directory(logs());
        OwnerOnly.directory(processes());
        OwnerOnly.directory(broker());
        for (var service : Service.values()) {
            OwnerOnly.directory(state(service));
        }
        if (!Files.exists(policies())) {
            OwnerOnly.write(policies(), firstPolicies());
        }
    }

    private static String firstPolicies() throws IOException {
        try (var resource = Objects.requireNonNull(DataDirectory.class.getResourceAsStream("policies.yaml"))) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /// How to speak to the stack: [Connection].
    Path connection() {
        return root.resolve("connection.properties");
    }

    /// What the next start needs: [StackRecord].
    Path record() {
        return root.resolve("stack.properties");
    }

    Path lock() {
        return root.resolve("lock");
    }

    TrustFiles trust() {
        return new TrustFiles(root);
    }

    Path logs() {
        return root.resolve("logs");
    }

    /// Which processes run: [dev.evenroll.cli.process.ProcessRecord]s.
    Path processes() {
        return root.resolve("processes");
    }

    /// Configuration and data of the broker.
    Path broker() {
        return root.resolve("broker");
    }

    /// Policies for enrollment just in time: the operator's own file, written once.
    Path policies() {
        return root.resolve("policies.yaml");
    }

    /// Certificate profiles: the operator's own file, when there is one; else those that are built in.
    Optional<Path> profiles() {
        return Optional.of(root.resolve("profiles.yaml")).filter(Files::exists);
    }

    /// Working directory of a service.
    Path service(Service service) {
        return root.resolve("services").resolve(service.serviceName());
    }

    Path configuration(Service service) {
        return service(service).resolve("application.properties");
    }

    /// The stores of a Kafka Streams service.
    Path state(Service service) {
        return service(service).resolve("state");
    }

    /// Client properties of a Kafka principal.
    Path kafkaClient(String principal) {
        return root.resolve("kafka").resolve(principal + ".properties");
    }
}
