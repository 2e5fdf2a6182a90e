package dev.evenroll.e2e.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.evenroll.cli.fleet.SimulatedManufacturer;
import dev.evenroll.cli.stack.Service;
import dev.evenroll.e2e.client.CurlDevice;
import dev.evenroll.e2e.stack.FurtherReplica;
import dev.evenroll.e2e.stack.RunningStack;
import dev.evenroll.e2e.stack.WithStack;
import dev.evenroll.pki.Pem;
import dev.evenroll.pki.authority.CertificateAuthority;
import dev.evenroll.pki.authority.CertificationRequests;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.schemas.event.CertificateIssued;
import dev.evenroll.schemas.topic.Topics;
import java.net.URI;
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
        var station = Station.of(stack, directory, "line-3");
        var lines = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            lines.add(
                    line(registered(operator, stack.connection().manufacturer().name(), "X1")));
        }
        lines.add(line("NOBODY-KNOWS-ME"));
        lines.add("{\"csr\": 7}");

        var job = station.postsAnew(lines);
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
        var again = station.postsAnew(lines);
        Awaitility.await()
                .atMost(LIMIT)
                .untilAsserted(
                        () -> assertThat(station.progress(again).get("issued").asInt())
                                .isEqualTo(5));
        assertThat(certificates(station.results(again))).isEqualTo(certificates(results));
        assertThat(Station.of(stack, Files.createDirectories(directory.resolve("spy")), "line-4")
                        .status(job))
                .isEqualTo(404);
    }

    /// The client is killed, then a gateway, each in the middle of an upload; another gateway takes the rest.
    @Test
    void anUploadThatBreaksGoesOnAsTheSameJob(RunningStack stack) throws Exception {
        var operator = Operator.of(stack, directory);
        var manufacturer = stack.connection().manufacturer().name();
        operator.does("authority", "set", "line-5", "--kind", "factory-line", "--manufacturer", manufacturer);
        var station = Station.of(stack, directory, "line-5");
        var devices = new ArrayList<String>();
        for (int i = 0; i < 30; i++) {
            var deviceId = RunningStack.newDeviceId();
            stack.fleet().register(deviceId);
            devices.add(deviceId);
        }
        var lines = devices.stream().map(FactoryJourneyTest::line).toList();

        station.breaksOff(stack.connection().est(), "/jobs", lines.subList(0, 10));
        var job = station.jobs().getFirst().get("jobId").asText();
        assertThat(station.becomes(job, "interrupted").get("taken").asInt()).isEqualTo(10);
        assertThat(station.progress(job).get("next").asText()).contains("/jobs/" + job + "/lines?after=10");

        try (var second = FurtherReplica.start(stack, Service.ENROLL_GATEWAY, "job-journey", Map.of())) {
            var address = URI.create("https://localhost:" + second.port("evenroll.est.port"));
            try (var _ = station.begins(address, "/jobs/" + job + "/lines?after=10", lines.subList(10, 20))) {
                Awaitility.await()
                        .atMost(LIMIT)
                        .until(() -> station.progress(job).get("taken").asInt(), taken -> taken == 20);
                second.kill();
            }
        }
        assertThat(station.progress(job).get("state").asText()).isIn("receiving", "interrupted");

        // All of it once more: what has been taken is known by its number.
        assertThat(station.posts(lines)).isEqualTo(job);
        var done = station.becomes(job, "done");
        assertThat(done.get("lines").asInt()).isEqualTo(30);
        assertThat(done.get("issued").asInt()).isEqualTo(30);
        assertThat(station.results(job))
                .extracting(result -> result.get("deviceId").asText())
                .containsExactlyElementsOf(devices);
        var issued = stack.topics()
                .records(
                        Topics.CERTIFICATE_ISSUED,
                        CertificateIssued.class,
                        event -> devices.contains(event.getDeviceId()));
        assertThat(issued).extracting(CertificateIssued::getDeviceId).containsExactlyInAnyOrderElementsOf(devices);

        var changed = new ArrayList<>(lines);
        changed.set(3, line(devices.get(3)));
        assertThat(station.tries(changed)).contains("\"status\":409", "line 4: is another than the one that was taken");
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
}
