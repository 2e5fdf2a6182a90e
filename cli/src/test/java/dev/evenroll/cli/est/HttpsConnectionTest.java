package dev.evenroll.cli.est;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenroll.cli.tls.TestTls;
import dev.evenroll.cli.tls.TrustedServers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.Test;

final class HttpsConnectionTest {

    private static final Duration LIMIT = Duration.ofMillis(1_500);

    /// The limit is for the whole answer: a server that sends a byte now and then does not hold a device.
    @Test
    void doesNotWaitForAServerThatTrickles() throws Exception {
        var tls = new TestTls();
        try (var server = (SSLServerSocket)
                tls.server().getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> trickle(server));
            var address = URI.create("https://localhost:" + server.getLocalPort());
            var context = TrustedServers.of(tls.anchors()).context(Optional.empty());
            long start = System.nanoTime();
            try (var connection = HttpsConnection.open(context, address, LIMIT)) {
                assertThatThrownBy(() -> connection.exchange("GET / HTTP/1.1\r\n\r\n"))
                        .isInstanceOf(SocketTimeoutException.class);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LIMIT.multipliedBy(4));
        }
    }

    /// Longer than the test takes, a letter of one endless header line at a time.
    private static void trickle(SSLServerSocket server) {
        try (var connection = server.accept()) {
            for (int i = 0; i < 600; i++) {
                connection.getOutputStream().write('x');
                Thread.sleep(50);
            }
        } catch (IOException | InterruptedException expected) {
            // The client has gone.
            return;
        }
    }
}
