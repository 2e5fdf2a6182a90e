package dev.evenroll.e2e.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.e2e.client.CurlDevice;
import dev.evenroll.e2e.stack.RunningStack;
import dev.evenroll.e2e.stack.WithStack;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.schemas.event.EnrollmentAuthorized;
import dev.evenroll.schemas.topic.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Devices that nobody has registered, under a written policy.
@ExtendWith(WithStack.class)
class JustInTimeJourneyTest {

    @TempDir
    private Path directory = Path.of("");

    @Test
    void whatNoPolicyAllowsIsRefused(RunningStack stack) throws Exception {
        var refused = device(stack, "stranger", "JIT-NONE-1").posts("simpleenroll");
        assertThat(refused.status()).isEqualTo(403);
    }

    @Test
    void aChangedPolicyAdmitsUnknownDevicesWithoutARestart(RunningStack stack) throws Exception {
        var operator = Operator.of(stack, directory);
        try (var _ = Policies.of(
                stack, """
                version: admit
                policies:
                  - name: rollout
                    match: { manufacturer: %s, serialNumber: "JIT-ADMIT-[0-9]+" }
                    decision: allow
                    unknownDevices: register
                    quotaPerHour: 1
                    register: { owner: Just Charging, site: unassigned, model: X1, ocppIdentity: "CS-{serialNumber}" }
                """.formatted(stack.connection().manufacturer().name()))) {
            var device = device(stack, "admitted", "JIT-ADMIT-1");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() ->
                            assertThat(device.posts("simpleenroll").status()).isEqualTo(200));

            var entry = operator.reads("device", "show", "JIT-ADMIT-1");
            assertThat(entry.get("owner").asText()).isEqualTo("Just Charging");
            assertThat(entry.get("ocppIdentity").asText()).isEqualTo("CS-JIT-ADMIT-1");
            var authorized = stack.topics()
                    .records(
                            Topics.ENROLLMENT_AUTHORIZED,
                            EnrollmentAuthorized.class,
                            event -> event.getDeviceId().equals("JIT-ADMIT-1"));
            assertThat(authorized).hasSize(1);
            assertThat(authorized.getFirst().getPolicy().getPolicy()).isEqualTo("rollout");
            assertThat(authorized.getFirst().getPolicy().getVersion()).startsWith("admit@");

            var over = device(stack, "over", "JIT-ADMIT-2").posts("simpleenroll");
            assertThat(over.status()).isEqualTo(403);
            assertThat(over.body()).contains("quota");
        }
    }

    @Test
    void anUnknownDeviceInQuarantineWaitsForAPerson(RunningStack stack) throws Exception {
        var operator = Operator.of(stack, directory);
        try (var _ = Policies.of(
                stack, """
                version: quarantine
                policies:
                  - name: strangers
                    match: { manufacturer: %s, serialNumber: "JIT-WAIT-[0-9]+" }
                    decision: allow
                    unknownDevices: quarantine
                    register: { owner: Just Charging, site: unassigned, model: X1, ocppIdentity: "{serialNumber}" }
                """.formatted(stack.connection().manufacturer().name()))) {
            var device = device(stack, "waiting", "JIT-WAIT-1");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() ->
                            assertThat(device.posts("simpleenroll").status()).isEqualTo(202));
            assertThat(operator.stateOf("JIT-WAIT-1")).isEqualTo("quarantined");
            var waiting = operator.approval("JIT-WAIT-1");

            operator.does(
                    "approval",
                    "approve",
                    "JIT-WAIT-1",
                    waiting.get("enrollmentId").asText(),
                    "--reason",
                    "seen on site",
                    "--yes");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() ->
                            assertThat(device.posts("simpleenroll").status()).isEqualTo(200));
            assertThat(operator.stateOf("JIT-WAIT-1")).isEqualTo("enrolled");
        }
    }

    @Test
    void whatAPersonRejectsIsRefusedWithTheReason(RunningStack stack) throws Exception {
        var operator = Operator.of(stack, directory);
        try (var _ = Policies.of(
                stack, """
                version: approve
                policies:
                  - name: by-hand
                    match: { manufacturer: %s, serialNumber: "JIT-HAND-[0-9]+" }
                    decision: approve
                    reason: every device of this batch is looked at
                    unknownDevices: register
                    register: { owner: Just Charging, site: unassigned, model: X1, ocppIdentity: "{serialNumber}" }
                """.formatted(stack.connection().manufacturer().name()))) {
            var device = device(stack, "rejected", "JIT-HAND-1");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() ->
                            assertThat(device.posts("simpleenroll").status()).isEqualTo(202));
            var waiting = operator.approval("JIT-HAND-1");
            operator.does(
                    "approval",
                    "reject",
                    "JIT-HAND-1",
                    waiting.get("enrollmentId").asText(),
                    "--reason",
                    "not ours",
                    "--yes");
            var refused = device.posts("simpleenroll");
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.body()).contains("not ours");
        }
    }

    private CurlDevice device(RunningStack stack, String name, String deviceId) throws Exception {
        return new CurlDevice(Files.createDirectories(directory.resolve(name)), stack.connection())
                .identifiedBy(stack.manufacturer().identify(deviceId, Keys.generateP256()))
                .makesRequest("/CN=" + deviceId);
    }
}
