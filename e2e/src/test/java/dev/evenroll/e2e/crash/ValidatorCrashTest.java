package dev.evenroll.e2e.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.evenroll.cli.administration.LocalTokens;
import dev.evenroll.cli.administration.Role;
import dev.evenroll.cli.stack.Service;
import dev.evenroll.cli.tls.TrustedServers;
import dev.evenroll.e2e.stack.RunningStack;
import dev.evenroll.e2e.stack.WithStack;
import dev.evenroll.pki.Pem;
import dev.evenroll.schemas.event.RegisteredDevice;
import dev.evenroll.schemas.topic.Topics;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// SIGKILL of csr-validator exactly at a step of a command, held still there by [CrashAgent].
@ExtendWith(WithStack.class)
class ValidatorCrashTest {

    private static final String ENTRY = """
            {"manufacturer":"acme","model":"X1","ocppIdentity":"CS-1","owner":"Local Operator","site":"Car park 3"}""";

    @Test
    void betweenApplyAndCommitNobodyIsToldAndARepeatHasOneResult(RunningStack stack) throws Exception {
        var deviceId = RunningStack.newDeviceId();
        var armed = stack.crashPoints().resolve("armed-after-handle");
        var reached = stack.crashPoints().resolve("reached-after-handle");
        try (var http = HttpClient.newBuilder()
                .sslContext(anchors(stack).context(Optional.empty()))
                .build()) {
            Files.createFile(armed);
            var registration = http.sendAsync(registration(stack, deviceId), BodyHandlers.ofString());
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(reached));

            // The store holds the device, and no transaction does.
            var read = http.send(call(stack, deviceId, Role.AUDITOR).GET().build(), BodyHandlers.ofString());
            assertThat(read.statusCode()).as(read.body()).isEqualTo(503);
            var unanswered = registration.join();
            assertThat(unanswered.statusCode()).as(unanswered.body()).isEqualTo(503);
            assertThat(unanswered.body()).contains("The command for " + deviceId + " has been written");
            assertThat(entries(stack, deviceId)).isEmpty();

            stack.stack().kill(Service.CSR_VALIDATOR);
            Files.delete(armed);
            Files.delete(reached);
            stack.stack().start(Service.CSR_VALIDATOR);

            var repeated = repeat(stack, http, deviceId);
            assertThat(repeated.statusCode()).as(repeated.body()).isEqualTo(201);
            assertThat(repeat(stack, http, deviceId).body()).isEqualTo(repeated.body());
            assertThat(new JsonMapper()
                            .readTree(repeated.body())
                            .get("revision")
                            .intValue())
                    .isEqualTo(1);
            assertThat(entries(stack, deviceId)).hasSize(1);
        }
    }

    @Test
    void aRepeatHasItsResultAfterFiveOtherCommandsAndAKill(RunningStack stack) throws Exception {
        var deviceId = RunningStack.newDeviceId();
        try (var http = HttpClient.newBuilder()
                .sslContext(anchors(stack).context(Optional.empty()))
                .build()) {
            assertThat(repeat(stack, http, deviceId).statusCode()).isEqualTo(201);
            for (var number = 1; number <= 5; number++) {
                var change = call(stack, deviceId, Role.REGISTRAR)
                        .header("Content-Type", "application/merge-patch+json")
                        .method("PATCH", BodyPublishers.ofString("{\"site\":\"Yard " + number + "\"}"))
                        .build();
                assertThat(http.send(change, BodyHandlers.ofString()).statusCode())
                        .isEqualTo(200);
            }
            stack.stack().kill(Service.CSR_VALIDATOR);
            stack.stack().start(Service.CSR_VALIDATOR);

            var repeated = repeat(stack, http, deviceId);
            // Applied once more it would be refused: the device is registered differently by now.
            assertThat(repeated.statusCode()).as(repeated.body()).isEqualTo(201);
            assertThat(repeated.body()).contains("\"Yard 5\"");
            assertThat(entries(stack, deviceId)).hasSize(6);
        }
    }

    private static HttpResponse<String> repeat(RunningStack stack, HttpClient http, String deviceId) throws Exception {
        return http.send(registration(stack, deviceId), BodyHandlers.ofString());
    }

    private static HttpRequest registration(RunningStack stack, String deviceId) throws Exception {
        return call(stack, deviceId, Role.REGISTRAR)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "once-" + deviceId)
                .PUT(BodyPublishers.ofString(ENTRY))
                .build();
    }

    private static HttpRequest.Builder call(RunningStack stack, String deviceId, Role role) throws Exception {
        var key = Pem.decodePrivateKey(Files.readString(stack.connection().tokenKey()));
        var token = new LocalTokens(key, "test-operator", InstantSource.system()).token(role);
        return HttpRequest.newBuilder(stack.connection().registry().resolve("/devices/" + deviceId))
                .header("Authorization", "Bearer " + token);
    }

    private static TrustedServers anchors(RunningStack stack) throws Exception {
        return TrustedServers.of(
                Pem.decodeCertificates(Files.readString(stack.connection().administrationAnchor())));
    }

    private static List<RegisteredDevice> entries(RunningStack stack, String deviceId) {
        return stack.topics()
                .records(
                        Topics.DEVICE_REGISTRY,
                        RegisteredDevice.class,
                        entry -> entry.getDeviceId().equals(deviceId));
    }
}
