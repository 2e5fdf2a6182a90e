package dev.evenroll.e2e.client;

import dev.evenroll.cli.stack.Connection;
import dev.evenroll.cli.tls.ClientIdentity;
import dev.evenroll.e2e.tool.Tool;
import dev.evenroll.pki.Pem;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/// A device made of `curl` and `openssl` alone.
///
/// Its directory holds `identity.pem` and `identity.key` (what it proves in the handshake), and what the commands
/// leave.
public final class CurlDevice {

    private static final String OPERATIONS = "/.well-known/est/";

    private final Path directory;
    private final URI est;
    private final Path anchors;
    private final Tool tool;

    public CurlDevice(Path directory, Connection connection) {
        this(directory, connection, connection.est());
    }

    /// A device that speaks to another gateway than the stack's own.
    public CurlDevice(Path directory, Connection connection, URI est) {
        this.directory = directory;
        this.est = est;
        this.anchors = connection.caChain();
        this.tool = new Tool(directory);
    }

    /// Takes the identity that the manufacturer gave it.
    public CurlDevice identifiedBy(ClientIdentity identity) throws IOException {
        Files.writeString(file("identity.pem"), Pem.encode(identity.chain()));
        Files.writeString(file("identity.key"), Pem.encode(identity.key()));
        return this;
    }

    /// Makes a P-256 key and a request for it: `device.key`, `request.b64`.
    public CurlDevice makesRequest(String subject) {
        tool.run("openssl", "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", "device.key")
                .ok();
        return makesRequestWithPresentKey(subject);
    }

    /// Makes a request for `device.key`.
    public CurlDevice makesRequestWithPresentKey(String subject) {
        tool.run(
                        "openssl",
                        "req",
                        "-new",
                        "-key",
                        "device.key",
                        "-subj",
                        subject,
                        "-outform",
                        "DER",
                        "-out",
                        "request.der")
                .ok();
        tool.run("openssl", "base64", "-in", "request.der", "-out", "request.b64")
                .ok();
        return this;
    }

    /// What curl brought back.
    ///
    /// @param status of HTTP; 0 when there was no answer
    /// @param headers as received
    /// @param body as received
    public record Answer(int status, String headers, String body) {}

    /// Posts `request.b64`.
    public Answer posts(String operation) throws IOException {
        return send(
                operation,
                List.of("-H", "Content-Type: application/pkcs10", "-H", "Content-Transfer-Encoding: base64"),
                List.of("--data-binary", "@request.b64"),
                true);
    }

    /// Posts `request.b64` with a one-time token instead of a certificate.
    public Answer posts(String operation, String deviceId, String token) throws IOException {
        Files.writeString(file("credentials"), "user = \"" + deviceId + ":" + token + "\"\n");
        return send(
                operation,
                List.of(
                        "-K",
                        "credentials",
                        "-H",
                        "Content-Type: application/pkcs10",
                        "-H",
                        "Content-Transfer-Encoding: base64"),
                List.of("--data-binary", "@request.b64"),
                false);
    }

    /// Sends any request.
    ///
    /// @param operation path below `/.well-known/est/`
    /// @param authenticated whether it proves its identity in the handshake
    public Answer send(String operation, List<String> headers, List<String> body, boolean authenticated)
            throws IOException {
        var command = new ArrayList<>(List.of("curl", "-sS", "--http1.1", "--max-time", "60"));
        command.addAll(List.of("--cacert", anchors.toString(), "-D", "headers.txt", "-o", "body.txt"));
        command.addAll(List.of("-w", "%{http_code}"));
        if (authenticated) {
            command.addAll(List.of("--cert", "identity.pem", "--key", "identity.key"));
        }
        command.addAll(headers);
        command.addAll(body);
        command.add(est + OPERATIONS + operation);
        Files.deleteIfExists(file("headers.txt"));
        Files.deleteIfExists(file("body.txt"));
        var run = tool.run(command.toArray(String[]::new));
        return new Answer(Integer.parseInt(run.output().strip()), text("headers.txt"), text("body.txt"));
    }

    /// Turns the PKCS #7 in the last answer into `certificate.pem`.
    public Path readsCertificate() {
        tool.run("openssl", "base64", "-d", "-in", "body.txt", "-out", "answer.p7")
                .ok();
        tool.run("openssl", "pkcs7", "-inform", "DER", "-in", "answer.p7", "-print_certs", "-out", "certificates.pem")
                .ok();
        tool.run("openssl", "x509", "-in", "certificates.pem", "-out", "certificate.pem")
                .ok();
        return file("certificate.pem");
    }

    /// Uses its new certificate and key from now on.
    public CurlDevice installsCertificate() throws IOException {
        Files.copy(file("certificate.pem"), file("identity.pem"), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(file("device.key"), file("identity.key"), StandardCopyOption.REPLACE_EXISTING);
        return this;
    }

    public Tool tool() {
        return tool;
    }

    private Path file(String name) {
        return directory.resolve(name);
    }

    private String text(String name) throws IOException {
        return Files.exists(file(name)) ? Files.readString(file(name)) : "";
    }
}
