package dev.evenroll.e2e.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.e2e.client.CurlDevice;
import dev.evenroll.e2e.stack.RunningStack;
import dev.evenroll.e2e.stack.WithStack;
import dev.evenroll.pki.Pem;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.schemas.event.SecurityObservation;
import dev.evenroll.schemas.event.SecurityObserved;
import dev.evenroll.schemas.topic.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// A local controller that enrolls the devices behind it, and no others.
@ExtendWith(WithStack.class)
class CentralGatewayJourneyTest {

    @TempDir
    private Path directory = Path.of("");

    @Test
    void aLocalControllerEnrollsTheDevicesOfItsSiteOnly(RunningStack stack) throws Exception {
        var operator = Operator.of(stack, directory);
        operator.does("authority", "set", "controller-7", "--kind", "local-controller", "--site", "Depot 7");
        var here = registered(operator, "Depot 7");
        var elsewhere = registered(operator, "Depot 8");

        var controller = controller(stack, "controller-7");
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            var answer = controller.makesRequest("/CN=" + here).posts("simpleenroll");
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        });
        var refused = controller.makesRequest("/CN=" + elsewhere).posts("simpleenroll");
        assertThat(refused.status()).as(refused.body()).isEqualTo(403);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(stack.topics()
                                .records(
                                        Topics.SECURITY_OBSERVED,
                                        SecurityObserved.class,
                                        seen -> seen.getSubject().equals(elsewhere)
                                                && seen.getObservation()
                                                        == SecurityObservation.FOREIGN_DEVICE_REQUESTED))
                        .isNotEmpty());
    }

    /// A controller is a device too: with the certificate that it speaks for others with, it renews its own.
    @Test
    void aLocalControllerRenewsItselfAndEnrollsWithTheRenewedCertificate(RunningStack stack) throws Exception {
        var operator = Operator.of(stack, directory);
        var name = RunningStack.newDeviceId();
        operator.does("device", "register", name, "--owner", "Local Operator", "--profile", "local-controller");
        var authority = Files.writeString(
                directory.resolve("issuing.pem"), Pem.encode(stack.chain().getFirst()));
        operator.does(
                "authority",
                "set",
                name,
                "--kind",
                "local-controller",
                "--site",
                "Depot 9",
                "--issuer",
                authority.toString());
        var here = registered(operator, "Depot 9");
        var subject = "/O=Local Operator/CN=" + name;
        var controller = new CurlDevice(Files.createDirectories(directory.resolve(name)), stack.connection())
                .identifiedBy(stack.manufacturer().identify(name, Keys.generateP256()))
                .makesRequest(subject);
        assertAnswer(200, controller.posts("simpleenroll"));
        controller.readsCertificate();
        controller.installsCertificate();

        assertAnswer(200, controller.makesRequest(subject).posts("simplereenroll"));
        controller.readsCertificate();
        controller.installsCertificate();

        var others = controller.makesRequest("/O=Local Operator/CN=" + here).posts("simplereenroll");
        assertAnswer(403, others);
        assertThat(others.body()).contains("renewal-by-authority: ");
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertAnswer(200, controller.makesRequest("/CN=" + here).posts("simpleenroll")));
    }

    private static void assertAnswer(int status, CurlDevice.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    }

    @Test
    void whoIsNotEnteredSpeaksForNobody(RunningStack stack) throws Exception {
        var operator = Operator.of(stack, directory);
        var deviceId = registered(operator, "Depot 7");
        var refused = controller(stack, "controller-unknown")
                .makesRequest("/CN=" + deviceId)
                .posts("simpleenroll");
        assertThat(refused.status()).as(refused.body()).isEqualTo(403);
    }

    private static String registered(Operator operator, String site) {
        var deviceId = RunningStack.newDeviceId();
        operator.does(
                "device",
                "register",
                deviceId,
                "--owner",
                "Local Operator",
                "--site",
                site,
                "--enrollment-model",
                "central-gateway");
        return deviceId;
    }

    private CurlDevice controller(RunningStack stack, String name) throws Exception {
        return new CurlDevice(Files.createDirectories(directory.resolve(name)), stack.connection())
                .identifiedBy(stack.registrationAuthority(name));
    }
}
