package dev.evenroll.cli.est;

import dev.evenroll.cli.tls.TestTls;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/// A TLS server that answers each request with bytes that a test made up, and remembers what it was sent.
public final class StubEstServer implements AutoCloseable {

    /// A request as it came.
    ///
    /// @param head request line and header lines
    /// @param client the certificate that the client proved
    public record Request(String head, String body, Optional<X509Certificate> client) {}

    /// An answer of nothing: the connection is closed.
    public static final String SILENCE = "";

    private final SSLServerSocket socket;
    private final Function<Request, String> answers;
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    public StubEstServer(SSLContext context, Function<Request, String> answers) throws IOException {
        this.socket = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.socket.setWantClientAuth(true);
        this.answers = answers;
        Thread.ofVirtual().start(this::accept);
    }

    /// A server of a test's CA.
    public StubEstServer(TestTls tls, Function<Request, String> answers) throws IOException {
        this(tls.server(), answers);
    }

    public URI address() {
        return URI.create("https://localhost:" + socket.getLocalPort());
    }

    public List<Request> requests() {
        return requests;
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                var connection = (SSLSocket) socket.accept();
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(SSLSocket connection) {
        try (connection) {
            var request = read(connection);
            requests.add(request);
            var out = connection.getOutputStream();
            out.write(answers.apply(request).getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        } catch (IOException gone) {
            // The client did not like what it got: that is what some tests are for.
            return;
        }
    }

    private static Request read(SSLSocket connection) throws IOException {
        var in = new BufferedInputStream(connection.getInputStream());
        var head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            head.append((char) octet(in));
        }
        int length = head.toString()
                .lines()
                .map(line -> line.toLowerCase(Locale.ROOT))
                .filter(line -> line.startsWith("content-length: "))
                .mapToInt(line -> Integer.parseInt(line.substring(16)))
                .findFirst()
                .orElse(0);
        var body = new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
        return new Request(head.toString(), body, client(connection));
    }

    private static int octet(InputStream in) throws IOException {
        int octet = in.read();
        if (octet < 0) {
            throw new IOException("the client went away");
        }
        return octet;
    }

    private static Optional<X509Certificate> client(SSLSocket connection) {
        try {
            return Optional.of((X509Certificate) connection.getSession().getPeerCertificates()[0]);
        } catch (SSLPeerUnverifiedException none) {
            return Optional.empty();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
