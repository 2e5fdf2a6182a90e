package dev.evenroll.validator.simulation;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.evenroll.pki.Pem;
import dev.evenroll.pki.authority.CertificateAuthority;
import dev.evenroll.pki.authority.Keys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// An HTTPS server on a free port of the loopback address, with a certificate of a CA of its own.
public final class HttpsListener implements AutoCloseable {

    private final CertificateAuthority authority =
            CertificateAuthority.selfSigned("Platform CA", Duration.ofDays(1), InstantSource.system());
    private final HttpsServer server;

    private HttpsListener(HttpHandler handler) throws IOException, GeneralSecurityException {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context()));
        server.createContext("/", handler);
        server.start();
    }

    public static HttpsListener start(HttpHandler handler) {
        try {
            return new HttpsListener(handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private SSLContext context() throws GeneralSecurityException, IOException {
        var keys = Keys.generateP256();
        var certificate = authority.issueServer(
                "localhost", List.of("localhost"), List.of("127.0.0.1"), keys.getPublic(), Duration.ofHours(1));
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "server",
                keys.getPrivate(),
                new char[0],
                authority.chainOf(certificate).toArray(Certificate[]::new));
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, new char[0]);
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    public URI uri() {
        return URI.create("https://127.0.0.1:" + server.getAddress().getPort());
    }

    /// The CA's certificate as a PEM file.
    public Path anchor(Path directory) throws IOException {
        return Files.writeString(directory.resolve("platform-ca.pem"), Pem.encode(authority.certificate()));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
