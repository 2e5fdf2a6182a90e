package dev.evenroll.e2e.front;

import static org.awaitility.Awaitility.await;

import dev.evenroll.e2e.tool.Tool;
import dev.evenroll.pki.Pem;
import dev.evenroll.pki.authority.CertificateAuthority;
import dev.evenroll.pki.authority.Keys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A real nginx with the configuration of `deploy/nginx`, in front of a CSMS.
///
/// @param directory with its files, `server-ca.pem` among them: the anchor of its certificate
/// @param port that stations connect to
/// @param process its master
record Nginx(Path directory, int port, Process process) implements AutoCloseable {

    private static final Path TEMPLATE = Path.of("../deploy/nginx/connection.conf.template");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /// What the configuration needs around it: everything that a package would put elsewhere stays in the directory.
    private static final String AROUND = """
            daemon off;
            pid nginx.pid;
            error_log error.log;
            worker_processes 1;
            events { worker_connections 256; }
            http {
                access_log access.log;
                client_body_temp_path body;
                proxy_temp_path proxy;
                fastcgi_temp_path fastcgi;
                uwsgi_temp_path uwsgi;
                scgi_temp_path scgi;
                include connection.conf;
            }
            """;

    static boolean installed(Path directory) {
        return new Tool(directory).run("sh", "-c", "command -v nginx").exitCode() == 0;
    }

    /// Starts it; it listens when this returns.
    ///
    /// @param trustBundle PEM
    /// @param authorization base of connection authorization
    /// @param csms base of the CSMS
    static Nginx start(Path directory, String trustBundle, URI authorization, URI csms) throws Exception {
        var authority = CertificateAuthority.selfSigned("Front CA", Duration.ofDays(1), InstantSource.system());
        var keys = Keys.generateP256();
        var certificate = authority.issueServer(
                "localhost", List.of("localhost"), List.of(), keys.getPublic(), Duration.ofHours(12));
        Files.writeString(
                directory.resolve("server-ca.pem"),
                Pem.encode(authority.issuingCertificate().certificate()));
        Files.writeString(directory.resolve("server.pem"), Pem.encode(certificate));
        Files.writeString(directory.resolve("server.key"), Pem.encode(keys.getPrivate()));
        Files.writeString(directory.resolve("trust-bundle.pem"), trustBundle);
        int port = freePort();
        var configuration = Files.readString(TEMPLATE);
        for (var value : Map.of(
                        "EVENROLL_LISTEN", "127.0.0.1:" + port,
                        "EVENROLL_SERVER_CERTIFICATE",
                                directory.resolve("server.pem").toString(),
                        "EVENROLL_SERVER_KEY", directory.resolve("server.key").toString(),
                        "EVENROLL_TRUST_BUNDLE",
                                directory.resolve("trust-bundle.pem").toString(),
                        "EVENROLL_AUTHORIZATION", authorization.getAuthority(),
                        "EVENROLL_CSMS", csms.getAuthority())
                .entrySet()) {
            configuration = configuration.replace("${" + value.getKey() + "}", value.getValue());
        }
        Files.writeString(directory.resolve("connection.conf"), configuration);
        Files.writeString(directory.resolve("nginx.conf"), AROUND);
        var process = new ProcessBuilder(
                        "nginx",
                        "-p",
                        directory + "/",
                        "-c",
                        directory.resolve("nginx.conf").toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("nginx.out").toFile())
                .start();
        var nginx = new Nginx(directory, port, process);
        await().atMost(PATIENCE).until(nginx::listens);
        return nginx;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private boolean listens() throws IOException {
        if (!process.isAlive()) {
            throw new AssertionError("nginx ended: " + Files.readString(directory.resolve("nginx.out")));
        }
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
