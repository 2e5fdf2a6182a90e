package dev.evenroll.e2e.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.cli.stack.Service;
import dev.evenroll.e2e.client.CurlDevice;
import dev.evenroll.e2e.stack.FurtherReplica;
import dev.evenroll.e2e.stack.RunningStack;
import dev.evenroll.e2e.stack.WithStack;
import dev.evenroll.schemas.event.CertificateIssued;
import dev.evenroll.schemas.event.SecurityObservation;
import dev.evenroll.schemas.event.SecurityObserved;
import dev.evenroll.schemas.topic.Topics;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// An installer on site, with a one-time token and nothing else.
@ExtendWith(WithStack.class)
class FieldJourneyTest {

    private static final int ATTEMPTS = 5;

    @TempDir
    private Path directory = Path.of("");

    @Test
    void aTokenEnrollsItsDeviceOnce(RunningStack stack) throws Exception {
        var installer = Operator.of(stack, directory);
        var deviceId = RunningStack.newDeviceId();
        installer.registers(deviceId, "field");
        var token = token(installer, deviceId);

        var device = device(stack, "first", stack.connection().est()).makesRequest("/CN=" + deviceId);
        var answer = device.posts("simpleenroll", deviceId, token);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        device.readsCertificate();

        var second = device(stack, "second", stack.connection().est()).makesRequest("/CN=" + deviceId);
        var refused = second.posts("simpleenroll", deviceId, token);
        assertThat(refused.status()).as(refused.body()).isIn(401, 403);
        assertThat(issuedFor(stack, deviceId)).hasSize(1);
    }

    @Test
    void aTokenIsForItsDeviceOnly(RunningStack stack) throws Exception {
        var installer = Operator.of(stack, directory);
        var deviceId = RunningStack.newDeviceId();
        var other = RunningStack.newDeviceId();
        installer.registers(deviceId, "field");
        installer.registers(other, "field");
        var token = token(installer, deviceId);

        var device = device(stack, "other", stack.connection().est()).makesRequest("/CN=" + other);
        assertThat(device.posts("simpleenroll", other, token).status()).isIn(401, 403);
        assertThat(device.posts("simpleenroll", deviceId, token).status()).isIn(400, 401, 403);
        assertThat(issuedFor(stack, other)).isEmpty();
    }

    @Test
    void ofTwoSimultaneousUsesThroughTwoGatewaysExactlyOneWins(RunningStack stack) throws Exception {
        var installer = Operator.of(stack, directory);
        try (var gateway = FurtherReplica.start(stack, Service.ENROLL_GATEWAY, "1", Map.of());
                var pool = Executors.newFixedThreadPool(2)) {
            var secondGateway = URI.create("https://localhost:" + gateway.port("evenroll.est.port"));
            for (int round = 0; round < 3; round++) {
                var deviceId = RunningStack.newDeviceId();
                installer.registers(deviceId, "field");
                var token = token(installer, deviceId);
                var one =
                        device(stack, "one-" + round, stack.connection().est()).makesRequest("/CN=" + deviceId);
                var two = device(stack, "two-" + round, secondGateway).makesRequest("/CN=" + deviceId);
                var barrier = new CyclicBarrier(2);
                var answers = List.of(
                        pool.submit(use(barrier, one, deviceId, token)),
                        pool.submit(use(barrier, two, deviceId, token)));

                var statuses =
                        answers.stream().map(FieldJourneyTest::status).sorted().toList();
                assertThat(statuses.getFirst()).isEqualTo(200);
                assertThat(statuses.getLast()).isIn(401, 403);
                assertThat(issuedFor(stack, deviceId)).hasSize(1);
            }
        }
    }

    @Test
    void tooManyWrongTokensLockItAndAreReported(RunningStack stack) throws Exception {
        var installer = Operator.of(stack, directory);
        var deviceId = RunningStack.newDeviceId();
        installer.registers(deviceId, "field");
        var token = token(installer, deviceId);
        var wrong = "0000-0000-0000-0000-0000-0000-0000-0000";
        var device = device(stack, "guesser", stack.connection().est()).makesRequest("/CN=" + deviceId);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            assertThat(device.posts("simpleenroll", deviceId, wrong).status()).isIn(401, 403);
        }

        assertThat(device.posts("simpleenroll", deviceId, token).status()).isIn(401, 403);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(stack.topics()
                                .records(
                                        Topics.SECURITY_OBSERVED,
                                        SecurityObserved.class,
                                        seen -> seen.getSubject().equals(deviceId)
                                                && seen.getObservation() == SecurityObservation.TOKEN_LOCKED))
                        .hasSize(1));
    }

    private CurlDevice device(RunningStack stack, String name, URI est) throws Exception {
        return new CurlDevice(Files.createDirectories(directory.resolve(name)), stack.connection(), est);
    }

    private static String token(Operator installer, String deviceId) {
        return installer.reads("token", "create", deviceId).get("token").asText();
    }

    private static Callable<Integer> use(CyclicBarrier barrier, CurlDevice device, String deviceId, String token) {
        return () -> {
            barrier.await();
            return device.posts("simpleenroll", deviceId, token).status();
        };
    }

    private static int status(Future<Integer> answer) {
        try {
            return answer.get();
        } catch (Exception e) {
            throw new AssertionError("no answer", e);
        }
    }

    private static List<CertificateIssued> issuedFor(RunningStack stack, String deviceId) {
        return stack.topics()
                .records(
                        Topics.CERTIFICATE_ISSUED,
                        CertificateIssued.class,
                        issued -> issued.getDeviceId().equals(deviceId));
    }
}
