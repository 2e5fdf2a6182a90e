package dev.evenroll.gateway.http;

import dev.evenroll.gateway.TestTrust;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// A client that sends exactly the bytes it is given and shows exactly those that come back, down to the TLS
/// records.
final class WireClient implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 20_000;

    private final Recorder tcp = new Recorder();
    private final SSLSocket tls;
    private boolean connected;

    WireClient(TestGateway gateway, TestTrust.@Nullable Identity identity, String... protocols) throws IOException {
        tcp.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.port()), TIMEOUT_MILLIS);
        tcp.setSoTimeout(TIMEOUT_MILLIS);
        tls = (SSLSocket) TestTls.context(gateway.trust, identity)
                .getSocketFactory()
                .createSocket(tcp, "localhost", gateway.port(), true);
        tls.setEnabledProtocols(protocols);
    }

    SSLSocket socket() {
        return tls;
    }

    /// Does the handshake, once: TLS 1.3 would change its keys each other time.
    WireClient connect() throws IOException {
        if (!connected) {
            tls.startHandshake();
            connected = true;
        }
        return this;
    }

    WireClient send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    WireClient send(byte[] bytes) throws IOException {
        connect();
        tcp.received.reset();
        tls.getOutputStream().write(bytes);
        return this;
    }

    /// One answer: the header block up to and with the empty line, and as many bytes as it announces, or as many as
    /// come in chunks (RFC 9112 section 7.1).
    Answer receive() throws IOException {
        var header = new StringBuilder();
        for (var line = line(); !line.isEmpty(); line = line()) {
            header.append(line).append("\r\n");
        }
        header.append("\r\n");
        return new Answer(header.toString(), body(header.toString()));
    }

    private String body(String header) throws IOException {
        if (!header.toLowerCase(Locale.ROOT).contains("\r\ntransfer-encoding: chunked\r\n")) {
            var length = header.lines()
                    .filter(line -> line.startsWith("Content-Length: "))
                    .map(line -> Integer.parseInt(line.substring("Content-Length: ".length())))
                    .findFirst()
                    .orElse(0);
            return text(length);
        }
        var body = new StringBuilder();
        for (var length = chunk(); length > 0; length = chunk()) {
            body.append(text(length));
            line();
        }
        line();
        return body.toString();
    }

    private int chunk() throws IOException {
        return Integer.parseInt(line(), 16);
    }

    private String text(int bytes) throws IOException {
        return new String(tls.getInputStream().readNBytes(bytes), StandardCharsets.UTF_8);
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        while (line.length() < 2 || line.lastIndexOf("\r\n") != line.length() - 2) {
            var character = tls.getInputStream().read();
            if (character < 0) {
                throw new IOException("closed after \"" + line + "\"");
            }
            line.append((char) character);
        }
        return line.substring(0, line.length() - 2);
    }

    /// Whether the server ends the connection in order (close_notify) without a further byte.
    boolean isClosedByServer() throws IOException {
        return tls.getInputStream().read() < 0;
    }

    /// Lengths of the TLS records with application data that came since the last [#send].
    List<Integer> applicationDataRecords() {
        var bytes = tcp.received.toByteArray();
        var lengths = new ArrayList<Integer>();
        for (int at = 0; at + 5 <= bytes.length; ) {
            var length = ((bytes[at + 3] & 0xff) << 8) | (bytes[at + 4] & 0xff);
            if (bytes[at] == 23) {
                lengths.add(length);
            }
            at += 5 + length;
        }
        return lengths;
    }

    @Override
    public void close() throws IOException {
        tls.close();
    }

    /// What came back.
    record Answer(String header, String body) {
        int status() {
            return Integer.parseInt(header.split(" ", 3)[1]);
        }
    }

    /// A socket that keeps what it receives.
    private static final class Recorder extends Socket {
        private final ByteArrayOutputStream received = new ByteArrayOutputStream();

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read() throws IOException {
                    var one = new byte[1];
                    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
                }

                @Override
                public int read(byte[] buffer, int offset, int length) throws IOException {
                    var count = super.read(buffer, offset, length);
                    if (count > 0) {
                        received.write(buffer, offset, count);
                    }
                    return count;
                }
            };
        }
    }
}
