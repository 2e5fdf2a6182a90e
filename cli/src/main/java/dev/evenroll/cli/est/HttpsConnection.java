package dev.evenroll.cli.est;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/// One TLS connection for one request and its answer: connect, handshake, write, read, close. Nothing is resumed and
/// nothing kept open, as for a charger that enrolls once a year.
final class HttpsConnection implements AutoCloseable {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final int HTTPS_PORT = 443;

    private final SSLSocket socket;
    private final long deadlineNanos;

    private HttpsConnection(SSLSocket socket, long deadlineNanos) {
        this.socket = socket;
        this.deadlineNanos = deadlineNanos;
    }

    /// Connects and shakes hands; the server's certificate must lead to an anchor of the context and name the host.
    ///
    /// @param limit for everything that is done with this connection
    static HttpsConnection open(SSLContext context, URI server, Duration limit) throws IOException {
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
            return new HttpsConnection(socket, deadlineNanos);
        } catch (IOException | RuntimeException e) {
            plain.close();
            throw e;
        }
    }

    /// Sends the request in one write and reads the answer.
    HttpAnswer exchange(String request) throws IOException {
        var out = socket.getOutputStream();
        out.write(request.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        return new HttpAnswerReader(new BufferedInputStream(new TimelyInput(socket.getInputStream()))).read();
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
