package dev.evenroll.e2e.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.cli.fleet.Ending;
import dev.evenroll.e2e.stack.RunningStack;
import dev.evenroll.e2e.stack.WithStack;
import dev.evenroll.pki.Der;
import dev.evenroll.schemas.event.SecurityObservation;
import dev.evenroll.schemas.event.SecurityObserved;
import dev.evenroll.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// A key belongs to one device, and a blocked one to nobody any more.
@ExtendWith(WithStack.class)
class KeyJourneyTest {

    @TempDir
    private Path directory = Path.of("");

    @Test
    void aBlockedKeyIsRefusedAndNamesTheCertificatesThatCarryIt(RunningStack stack) throws Exception {
        var operator = Operator.of(stack, directory);
        var device = stack.fleet().registered(RunningStack.newDeviceId());
        device.enrolls().receivesCertificate();
        var key = Der.of(device.key().getPublic().getEncoded()).sha256Hex();

        var blocked = operator.reads("key", "block", key, "--reason", "found on a web page", "--yes");
        assertThat(blocked.get("deviceId").asText()).isEqualTo(device.deviceId());
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(operator.reads("key", "show", key)
                                .get("certificateIds")
                                .size())
                        .isEqualTo(1));
        // Another request, since the one before has its certificate already.
        assertThat(device.enrolls())
                .isInstanceOfSatisfying(
                        Ending.Refused.class,
                        refused -> assertThat(refused.reason()).contains("blocked"));
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(stack.topics()
                                .records(
                                        Topics.SECURITY_OBSERVED,
                                        SecurityObserved.class,
                                        seen -> seen.getSubject().equals(device.deviceId())
                                                && seen.getObservation() == SecurityObservation.BLOCKED_KEY_PRESENTED))
                        .isNotEmpty());
    }

    @Test
    void aCopiedKeyIsRefusedAndBothDevicesAreNamed(RunningStack stack) throws Exception {
        var owner = stack.fleet().registered(RunningStack.newDeviceId());
        owner.enrolls().receivesCertificate();
        var clone = stack.fleet().registered(RunningStack.newDeviceId());

        assertThat(clone.enrollsWith(owner.key())).isInstanceOf(Ending.Refused.class);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(stack.topics()
                                .records(
                                        Topics.SECURITY_OBSERVED,
                                        SecurityObserved.class,
                                        seen -> seen.getSubject().equals(clone.deviceId())
                                                && seen.getObservation()
                                                        == SecurityObservation.KEY_CLAIMED_BY_ANOTHER_DEVICE))
                        .singleElement()
                        .satisfies(seen ->
                                assertThat(seen.getAttributes()).containsEntry("otherDeviceId", owner.deviceId())));
    }
}
