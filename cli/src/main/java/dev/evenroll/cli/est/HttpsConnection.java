package dev.evenroll.cli.est;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// One TLS connection for one request and its answer: connect, handshake, write, read, close. Nothing is resumed and
/// nothing kept open, as for a charger that enrolls once a year.
public final class HttpsConnection implements AutoCloseable {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final int HTTPS_PORT = 443;

    private final Socket plain;
    private final SSLSocket socket;
    private final long deadlineNanos;

    private HttpsConnection(Socket plain, SSLSocket socket, long deadlineNanos) {
        this.plain = plain;
        this.socket = socket;
        this.deadlineNanos = deadlineNanos;
    }

    /// Connects and shakes hands; the server's certificate must lead to an anchor of the context and name the host.
    ///
    /// @param limit for everything that is done with this connection
    public static HttpsConnection open(SSLContext context, URI server, Duration limit) throws IOException {
        long deadlineNanos = System.nanoTime() + limit.toNanos();
        int port = server.getPort() < 0 ? HTTPS_PORT : server.getPort();
        // Closed with the TLS socket above it, or below when that can not be made.
        var plain = new Socket();
        try {
            plain.setTcpNoDelay(true);
            plain.connect(new InetSocketAddress(server.getHost(), port), (int) CONNECT_LIMIT.toMillis());
            plain.setSoTimeout((int) limit.toMillis());
            var socket = (SSLSocket) context.getSocketFactory().createSocket(plain, server.getHost(), port, true);
            var parameters = socket.getSSLParameters();
            parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return new HttpsConnection(plain, socket, deadlineNanos);
        } catch (IOException | RuntimeException e) {
            plain.close();
            throw e;
        }
    }

    /// Sends the request in one write and reads the answer.
    HttpAnswer exchange(String request) throws IOException {
        return exchange(request, HttpAnswerReader.LARGEST_BODY_BYTES);
    }

    /// Sends the request in one write and reads the answer.
    ///
    /// @param largestBodyBytes more of an answer is not taken
    public HttpAnswer exchange(String request, int largestBodyBytes) throws IOException {
        send(request);
        return answer(largestBodyBytes);
    }

    /// Sends the head of a request, and its body in chunks (RFC 9112 section 7.1) while the answer is awaited: a server
    /// that has enough answers before it has all, and what it says is not lost.
    ///
    /// @param head with `Transfer-Encoding: chunked`
    /// @param sent told of the bytes of the body that are sent, in another thread
    public HttpAnswer upload(String head, InputStream body, LongConsumer sent) throws IOException {
        send(head);
        var broken = new AtomicReference<@Nullable IOException>();
        var sender = Thread.ofVirtual().start(() -> send(body, sent, broken));
        try {
            return answer(HttpAnswerReader.LARGEST_BODY_BYTES);
        } catch (SocketException | SSLException e) {
            join(sender);
            throw Objects.requireNonNullElse(broken.get(), e);
        } finally {
            // Not the TLS socket: it would wait for a sender whom nobody listens to any more.
            plain.close();
            join(sender);
        }
    }

    private void send(InputStream body, LongConsumer sent, AtomicReference<@Nullable IOException> broken) {
        try {
            new ChunkedBody(socket.getOutputStream()).send(body, sent);
        } catch (SocketException | SSLException e) {
            // The answer may have come all the same.
            broken.set(e);
        } catch (IOException e) {
            broken.set(e);
            abandon();
        }
    }

    /// The body can not be read to its end: there is nothing to wait for.
    private void abandon() {
        try {
            plain.close();
        } catch (IOException e) {
            throw new UncheckedIOException("A connection could not be closed.", e);
        }
    }

    /// The body is its caller's again once nobody reads it any more.
    private static void join(Thread sender) {
        boolean interrupted = false;
        while (true) {
            try {
                sender.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(String request) throws IOException {
        var out = socket.getOutputStream();
        out.write(request.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private HttpAnswer answer(int largestBodyBytes) throws IOException {
        var in = new BufferedInputStream(new TimelyInput(socket.getInputStream()));
        return new HttpAnswerReader(in, largestBodyBytes).read();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /// Ends a server that trickles: the limit is for the whole answer, not for each read.
    private final class TimelyInput extends FilterInputStream {

        TimelyInput(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            long leftMillis =
                    Duration.ofNanos(deadlineNanos - System.nanoTime()).toMillis();
            if (leftMillis <= 0) {
                throw new SocketTimeoutException("the time for the answer is up");
            }
            socket.setSoTimeout((int) leftMillis);
            return super.read(buffer, offset, length);
        }
    }
}
