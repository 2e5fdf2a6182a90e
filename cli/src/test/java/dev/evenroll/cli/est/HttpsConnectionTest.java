package dev.evenroll.cli.est;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenroll.cli.tls.TestTls;
import dev.evenroll.cli.tls.TrustedServers;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
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

    /// A server that has enough says so before it has all, and reads no further: it is heard nevertheless.
    @Test
    void hearsAnAnswerInTheMiddleOfAnUpload() throws Exception {
        var tls = new TestTls();
        try (var server = (SSLServerSocket)
                tls.server().getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var heard = new CountDownLatch(1);
            Thread.ofVirtual().start(() -> answerEarly(server, heard));
            var address = URI.create("https://localhost:" + server.getLocalPort());
            var context = TrustedServers.of(tls.anchors()).context(Optional.empty());
            try (var connection = HttpsConnection.open(context, address, Duration.ofMinutes(1))) {
                var answer = connection.upload("POST / HTTP/1.1\r\n\r\n", new Endless(), _ -> {});
                assertThat(answer.status()).isEqualTo(413);
                assertThat(answer.body()).isEqualTo("enough");
            } finally {
                heard.countDown();
            }
        }
    }

    @Test
    void abandonsAnUploadWhoseBodyCanNotBeRead() throws Exception {
        var tls = new TestTls();
        try (var server = (SSLServerSocket)
                tls.server().getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> drain(server));
            var address = URI.create("https://localhost:" + server.getLocalPort());
            var context = TrustedServers.of(tls.anchors()).context(Optional.empty());
            try (var connection = HttpsConnection.open(context, address, Duration.ofMinutes(1))) {
                assertThatThrownBy(() -> connection.upload("POST / HTTP/1.1\r\n\r\n", new Broken(), _ -> {}))
                        .isInstanceOf(IOException.class)
                        .hasMessage("the disk is gone");
            }
        }
    }

    private static final class Endless extends InputStream {
        @Override
        public int read() {
            return 'x';
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            Arrays.fill(buffer, offset, offset + length, (byte) 'x');
            return length;
        }
    }

    private static final class Broken extends InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("the disk is gone");
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            throw new IOException("the disk is gone");
        }
    }

    private static void answerEarly(SSLServerSocket server, CountDownLatch heard) {
        try (var connection = server.accept()) {
            connection.getInputStream().readNBytes(100_000);
            connection
                    .getOutputStream()
                    .write("HTTP/1.1 413 x\r\nContent-Length: 6\r\n\r\nenough".getBytes(StandardCharsets.US_ASCII));
            connection.getOutputStream().flush();
            heard.await();
        } catch (IOException | InterruptedException gone) {
            // The client's assertions tell.
            return;
        }
    }

    private static void drain(SSLServerSocket server) {
        try (var connection = server.accept()) {
            connection.getInputStream().readAllBytes();
        } catch (IOException gone) {
            // The client's assertions tell.
            return;
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
