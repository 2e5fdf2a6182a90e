package dev.evenroll.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.gateway.enrollment.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/// Clients that hold a connection without bringing a request do not hold it long.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class SlowClientTest {

    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(1);

    private final TestGateway gateway = new TestGateway(REQUEST_LIMIT, Duration.ofSeconds(5));

    @AfterAll
    void stop() {
        gateway.close();
    }

    @Test
    void aConnectionWithoutARequestIsClosed() throws Exception {
        try (var client = gateway.anonymous()) {
            assertThat(client.connect().isClosedByServer()).isTrue();
        }
    }

    @Test
    void aHeaderInDropsIsCutOff() throws Exception {
        try (var client = gateway.anonymous()) {
            client.send("GET /.well-known/est/cacerts HTTP/1.1\r\n");

            assertThat(drip(client, "X: y\r\n")).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void aBodyInDropsIs408() throws Exception {
        try (var client = gateway.client(gateway.trust.idevid("SN-1"))) {
            client.send(Requests.header(
                    "POST /.well-known/est/simpleenroll HTTP/1.1",
                    "Host: localhost",
                    "Content-Type: application/pkcs10",
                    "Content-Length: 500"));
            for (int i = 0; i < 6; i++) {
                client.send("A");
                Thread.sleep(REQUEST_LIMIT.toMillis() / 4);
            }

            var answer = client.receive();

            assertThat(answer.status()).isEqualTo(408);
            assertThat(answer.body()).isEqualTo("The request did not arrive within 1 seconds; send it at once.\n");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void aDeviceThatWaitsForItsCertificateIsNotCutOff() throws Exception {
        gateway.pipeline.behaviour = _ -> null;
        try (var client = gateway.client(gateway.trust.idevid("SN-1"))) {
            client.send(Requests.post(Requests.SIMPLEENROLL, Requests.csr("SN-1")));
            Thread.sleep(REQUEST_LIMIT.multipliedBy(2));
            gateway.pipeline.parked.answer(
                    gateway.pipeline.requests.getFirst().id(), new Answer.Refused(List.of("a: b")));

            assertThat(client.receive().body()).isEqualTo("a: b\n");
        }
    }

    @Test
    void anIdleConnectionIsClosedAfterItsLastAnswer() throws Exception {
        try (var client = gateway.anonymous()) {
            assertThat(client.send(Requests.get(Requests.CACERTS)).receive().status())
                    .isEqualTo(200);
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void aConnectionThatNeverBeginsTlsIsClosed() throws Exception {
        try (var tcp = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            tcp.setSoTimeout(30_000);
            assertThat(tcp.getInputStream().read()).isEqualTo(-1);
        }
    }

    /// Sends one piece every tenth of a second until the server has had enough.
    private static Duration drip(WireClient client, String piece) throws InterruptedException {
        var begun = System.nanoTime();
        try {
            while (true) {
                client.send(piece);
                Thread.sleep(100);
            }
        } catch (IOException _) {
            return Duration.ofNanos(System.nanoTime() - begun);
        }
    }
}
