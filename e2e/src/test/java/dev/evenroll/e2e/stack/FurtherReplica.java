package dev.evenroll.e2e.stack;

import static org.awaitility.Awaitility.await;

import dev.evenroll.cli.stack.Service;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// A further replica of a service of the [RunningStack], on ports of its own.
public final class FurtherReplica implements AutoCloseable {

    private static final Duration READY_LIMIT = Duration.ofMinutes(2);
    private static final String OCSP_PORT = "evenroll.ocsp.port";
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    private final Process process;
    private final Map<String, Integer> ports;

    private FurtherReplica(Process process, Map<String, Integer> ports) {
        this.process = process;
        this.ports = ports;
    }

    /// Starts one, ready when this returns.
    ///
    /// @param instance its name among the replicas; that of the stack's own is 0
    /// @param further properties that differ from those of the stack's own replica; `{port}` stands for the
    ///     port of its administration listener
    public static FurtherReplica start(
            RunningStack stack, Service service, String instance, Map<String, String> further) throws Exception {
        var directory = Files.createDirectories(
                stack.data().resolve("replicas").resolve(service.serviceName() + "-" + instance));
        var properties = new Properties();
        var original = stack.data().resolve("services").resolve(service.serviceName());
        try (var in = Files.newBufferedReader(original.resolve("application.properties"))) {
            properties.load(in);
        }
        properties.setProperty("evenroll.instance", instance);
        var ports = new TreeMap<String, Integer>();
        port(properties, ports, "quarkus.management.port");
        for (var name : List.of(
                "evenroll.est.port",
                "quarkus.http.ssl-port",
                "evenroll.crl.port",
                "evenroll.connection.port",
                OCSP_PORT)) {
            if (properties.containsKey(name)) {
                port(properties, ports, name);
            }
        }
        if (properties.containsKey(OCSP_PORT)) {
            properties.setProperty("evenroll.ocsp.advertised", "127.0.0.1:" + ports.get(OCSP_PORT));
        }
        if (properties.containsKey("evenroll.state-directory")) {
            properties.setProperty(
                    "evenroll.state-directory",
                    Files.createDirectories(directory.resolve("state")).toString());
        }
        if (properties.containsKey("evenroll.advertised-url")) {
            properties.setProperty(
                    "evenroll.advertised-url", "https://localhost:" + ports.get("quarkus.http.ssl-port"));
        }
        further.forEach((name, value) -> properties.setProperty(
                name, value.replace("{port}", String.valueOf(ports.get("quarkus.http.ssl-port")))));
        var configuration = directory.resolve("application.properties");
        try (var out = Files.newBufferedWriter(configuration)) {
            properties.store(out, null);
        }
        var replica = new FurtherReplica(run(service, directory, configuration), ports);
        replica.awaitReady(directory);
        return replica;
    }

    private static void port(Properties properties, Map<String, Integer> ports, String name) throws IOException {
        try (var socket = new ServerSocket(0)) {
            ports.put(name, socket.getLocalPort());
            properties.setProperty(name, String.valueOf(socket.getLocalPort()));
        }
    }

    private static Process run(Service service, Path directory, Path configuration) throws IOException {
        var jar = Path.of("..", service.serviceName(), "target/quarkus-app/quarkus-run.jar")
                .toAbsolutePath()
                .normalize();
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                        "-Dquarkus.config.locations=" + configuration,
                        "-jar",
                        jar.toString())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
    }

    private void awaitReady(Path directory) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + port("quarkus.management.port") + "/q/health/ready"))
                    .build();
            await("the replica is ready; its log: " + directory.resolve("log"))
                    .atMost(READY_LIMIT)
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> {
                        if (!process.isAlive()) {
                            throw new AssertionError("it ended:\n" + Files.readString(directory.resolve("log")));
                        }
                        try {
                            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
                        } catch (IOException notYet) {
                            return false;
                        }
                    });
        }
    }

    /// The port that a property was given.
    public int port(String property) {
        return Objects.requireNonNull(ports.get(property), property);
    }

    /// Ends it as a crash does.
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
