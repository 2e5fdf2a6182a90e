package dev.evenroll.e2e.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.evenroll.cli.fleet.SimulatedManufacturer;
import dev.evenroll.e2e.client.CurlDevice;
import dev.evenroll.e2e.stack.RunningStack;
import dev.evenroll.e2e.stack.WithStack;
import dev.evenroll.e2e.tool.Tool;
import dev.evenroll.pki.Pem;
import dev.evenroll.pki.authority.CertificateAuthority;
import dev.evenroll.pki.authority.CertificationRequests;
import dev.evenroll.pki.authority.Keys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Devices that get their certificate before they leave the factory: by their own identity, or by the line's station.
@ExtendWith(WithStack.class)
class FactoryJourneyTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    private Path directory = Path.of("");

    @Test
    void anAnchorIsTrustedWithoutARestartAndForItsModelOnly(RunningStack stack) throws Exception {
        var operator = Operator.of(stack, directory);
        var authority =
                CertificateAuthority.selfSigned("Wallbox Works CA", Duration.ofDays(10), InstantSource.system());
        var manufacturer = new SimulatedManufacturer("wallbox", authority);
        var right = registered(operator, "wallbox", "W1");
        var other = registered(operator, "wallbox", "W2");
        var device = device(stack, manufacturer, "right", right);
        assertThat(device.posts("simpleenroll").status()).isIn(401, 403);

        var anchors = Files.createDirectories(stack.data().resolve("manufacturers/wallbox"));
        var anchor = Files.writeString(anchors.resolve("W1.pem"), Pem.encode(authority.certificate()));
        try {
            Awaitility.await()
                    .atMost(LIMIT)
                    .untilAsserted(() ->
                            assertThat(device.posts("simpleenroll").status()).isEqualTo(200));
            var refused = device(stack, manufacturer, "other", other).posts("simpleenroll");
            assertThat(refused.status()).as(refused.body()).isEqualTo(403);
        } finally {
            Files.delete(anchor);
            Files.delete(anchors);
        }
    }

    @Test
    void aLineEnrollsManyDevicesInOneJob(RunningStack stack) throws Exception {
        var operator = Operator.of(stack, directory);
        operator.does(
                "authority",
                "set",
                "line-3",
                "--kind",
                "factory-line",
                "--manufacturer",
                stack.connection().manufacturer().name());
        var station = new Station(stack, directory).identifiedAs("line-3");
        var lines = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            lines.add(
                    line(registered(operator, stack.connection().manufacturer().name(), "X1")));
        }
        lines.add(line("NOBODY-KNOWS-ME"));
        lines.add("{\"csr\": 7}");

        var job = station.posts(lines);
        var progress = Awaitility.await()
                .atMost(LIMIT)
                .until(
                        () -> station.progress(job),
                        state -> state.get("submitted").asBoolean()
                                && state.get("running").asInt() == 0);
        assertThat(progress.get("lines").asInt()).isEqualTo(7);
        assertThat(progress.get("issued").asInt()).isEqualTo(5);
        assertThat(progress.get("refused").asInt()).isEqualTo(2);
        var results = station.results(job);
        assertThat(results).hasSize(7);
        assertThat(results.getFirst().get("certificate").asText()).startsWith("-----BEGIN CERTIFICATE-----");

        // The same lines again are the same enrollments.
        var again = station.posts(lines);
        Awaitility.await()
                .atMost(LIMIT)
                .untilAsserted(
                        () -> assertThat(station.progress(again).get("issued").asInt())
                                .isEqualTo(5));
        assertThat(certificates(station.results(again))).isEqualTo(certificates(results));
        assertThat(new Station(stack, Files.createDirectories(directory.resolve("spy")))
                        .identifiedAs("line-4")
                        .status(job))
                .isEqualTo(404);
    }

    private static Map<String, String> certificates(List<JsonNode> results) {
        return results.stream()
                .filter(result -> result.hasNonNull("certificate"))
                .collect(java.util.stream.Collectors.toMap(
                        result -> result.get("deviceId").asText(),
                        result -> result.get("certificate").asText()));
    }

    private static String line(String deviceId) {
        var csr = CertificationRequests.create(Keys.generateP256(), deviceId);
        return "{\"deviceId\": \"" + deviceId + "\", \"csr\": \""
                + Base64.getEncoder().encodeToString(csr.bytes()) + "\"}";
    }

    private static String registered(Operator operator, String manufacturer, String model) {
        var deviceId = RunningStack.newDeviceId();
        operator.does(
                "device",
                "register",
                deviceId,
                "--owner",
                "Local Operator",
                "--manufacturer",
                manufacturer,
                "--model",
                model);
        return deviceId;
    }

    private CurlDevice device(RunningStack stack, SimulatedManufacturer manufacturer, String name, String deviceId)
            throws Exception {
        return new CurlDevice(Files.createDirectories(directory.resolve(name)), stack.connection())
                .identifiedBy(manufacturer.identify(deviceId, Keys.generateP256()))
                .makesRequest("/CN=" + deviceId);
    }

    /// The station of a line: curl with a registration authority's certificate.
    private record Station(RunningStack stack, Path directory) {

        Station identifiedAs(String name) throws Exception {
            new CurlDevice(directory, stack.connection()).identifiedBy(stack.registrationAuthority(name));
            return this;
        }

        String posts(List<String> lines) throws IOException {
            Files.write(directory.resolve("job.ndjson"), lines);
            var run = curl(
                    "/jobs", "-H", "Content-Type: application/x-ndjson", "--data-binary", "@job.ndjson", "-w", "\n");
            return JSON.readTree(run.output()).get("jobId").asText();
        }

        JsonNode progress(String job) throws IOException {
            return JSON.readTree(curl("/jobs/" + job).output());
        }

        int status(String job) {
            return Integer.parseInt(curl("/jobs/" + job, "-o", "answer.txt", "-w", "%{http_code}")
                    .output());
        }

        List<JsonNode> results(String job) throws IOException {
            var results = new ArrayList<JsonNode>();
            for (var line : curl("/jobs/" + job + "/results").output().lines().toList()) {
                results.add(JSON.readTree(line));
            }
            return results;
        }

        private Tool.Run curl(String path, String... options) {
            var command = new ArrayList<>(List.of("curl", "-sS", "--http1.1", "--max-time", "60"));
            command.addAll(List.of("--cacert", stack.connection().caChain().toString()));
            command.addAll(List.of("--cert", "identity.pem", "--key", "identity.key"));
            command.addAll(List.of(options));
            command.add(stack.connection().est() + path);
            return new Tool(directory).run(command.toArray(String[]::new)).ok();
        }
    }
}
