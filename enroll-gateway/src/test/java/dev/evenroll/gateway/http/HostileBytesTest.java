package dev.evenroll.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.gateway.enrollment.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Requests that are damaged anywhere: each is answered with HTTP or ended, and the server serves the next one.
class HostileBytesTest {

    private static final int REQUESTS = 300;
    private static final Pattern ANSWER = Pattern.compile("|\\S+/\\S+ [1-5][0-9][0-9] .*", Pattern.DOTALL);

    @Test
    @Timeout(120)
    void damagedRequestsDoNoHarm() throws Exception {
        try (var gateway = new TestGateway(Duration.ofSeconds(1), Duration.ofSeconds(1))) {
            gateway.pipeline.behaviour = _ -> new Answer.Refused(List.of("a: b"));
            var device = gateway.trust.idevid("SN-1");
            var random = new Random(20261102);
            for (int i = 0; i < REQUESTS; i++) {
                try (var client = gateway.client(device)) {
                    client.send(damaged(random, Requests.post(Requests.SIMPLEENROLL, Requests.csr("SN-1"))));
                    client.socket().shutdownOutput();
                    var answer = new String(client.socket().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                    // Vert.x answers in the version that the request claims, even one that does not exist.
                    assertThat(answer).matches(ANSWER);
                } catch (IOException _) {
                    // Ended without an answer: what a client may expect that speaks no HTTP.
                }
            }

            try (var client = gateway.client(device)) {
                assertThat(client.send(Requests.post(Requests.SIMPLEENROLL, Requests.csr("SN-1")))
                                .receive()
                                .body())
                        .isEqualTo("a: b\n");
            }
            assertThat(gateway.metrics
                            .find("evenroll.est.requests")
                            .tag("outcome", "fault")
                            .timer())
                    .isNull();
        }
    }

    private static byte[] damaged(Random random, String request) {
        var bytes = request.getBytes(StandardCharsets.ISO_8859_1);
        for (int flips = 1 + random.nextInt(6); flips > 0; flips--) {
            // Half of the damage into the header, which is the smaller part.
            var end = random.nextBoolean() ? Math.min(200, bytes.length) : bytes.length;
            bytes[random.nextInt(end)] = (byte) random.nextInt(256);
        }
        return random.nextInt(5) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
    }
}
