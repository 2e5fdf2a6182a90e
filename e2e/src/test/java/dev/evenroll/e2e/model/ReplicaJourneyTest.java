package dev.evenroll.e2e.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.cli.stack.Service;
import dev.evenroll.e2e.stack.FurtherReplica;
import dev.evenroll.e2e.stack.RunningStack;
import dev.evenroll.e2e.stack.WithStack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Two replicas of csr-validator, each with half of the registry: whoever asks either of them sees all of it.
@ExtendWith(WithStack.class)
class ReplicaJourneyTest {

    @TempDir
    private Path directory = Path.of("");

    @Test
    void readsAndCommandsReachTheReplicaThatOwnsTheDevice(RunningStack stack) throws Exception {
        var operator = Operator.of(stack, directory);
        try (var second = FurtherReplica.start(
                stack, Service.CSR_VALIDATOR, "1", Map.of("evenroll.advertised-url", "https://localhost:{port}"))) {
            var devices = new ArrayList<String>();
            for (int i = 0; i < 6; i++) {
                var deviceId = "REPLICA-" + i;
                Awaitility.await()
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> operator.tries("device", "register", deviceId, "--owner", "Local Operator")
                                        .exitCode()
                                == 0);
                devices.add(deviceId);
            }
            for (var deviceId : devices) {
                assertThat(operator.reads("device", "show", deviceId)
                                .get("deviceId")
                                .asText())
                        .isEqualTo(deviceId);
            }
            assertThat(StreamSupport.stream(
                                    operator.reads("device", "list", "--limit", "1000")
                                            .get("devices")
                                            .spliterator(),
                                    false)
                            .map(device -> device.get("deviceId").asText()))
                    .containsAll(devices);
            var device = stack.fleet().device(devices.getFirst());
            device.enrolls().receivesCertificate();

            second.kill();
            Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                for (var deviceId : devices) {
                    assertThat(operator.tries("device", "show", deviceId).exitCode())
                            .isZero();
                }
            });
            stack.fleet().device(devices.getLast()).enrolls().receivesCertificate();
        }
    }
}
