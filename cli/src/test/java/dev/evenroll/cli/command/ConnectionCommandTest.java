package dev.evenroll.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.evenroll.cli.ExitCode;
import dev.evenroll.cli.command.CommandLineFixture.Run;
import dev.evenroll.cli.tls.TestTls;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConnectionCommandTest {

    private static final TestTls TLS = new TestTls();
    private static final String PEM = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";

    private final List<String> asked = new ArrayList<>();

    @TempDir
    private Path data = Path.of("");

    /// Runs the command at a service that answers so.
    private Run check(int status, Map<String, String> headers, String body, String... more) throws Exception {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            asked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            headers.forEach(exchange.getResponseHeaders()::add);
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        try (var stack = new CommandLineFixture(data, TLS, _ -> {
            throw new AssertionError("the administration interface is not asked");
        })) {
            Files.writeString(
                    data.resolve("connection.properties"),
                    "connections.url=http://127.0.0.1:" + server.getAddress().getPort() + "\n",
                    StandardOpenOption.APPEND);
            var file = Files.writeString(data.resolve("device.pem"), PEM);
            var arguments = new ArrayList<>(List.of("connection", "check", file.toString(), "--as", "DE*1+2"));
            arguments.addAll(List.of(more));
            return stack.run(arguments.toArray(String[]::new));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void whoMayConnectIsSaid() throws Exception {
        var run = check(204, Map.of("X-Device-Id", "SN-1", "X-Certificate-Serial", "ab12"), "");

        assertThat(run).isEqualTo(new Run(ExitCode.OK, "Authorized: device SN-1 with certificate ab12.\n", ""));
        assertThat(asked).containsExactly("POST /authorize?check=true&identity=DE*1%2B2", PEM);
    }

    @Test
    void whoMayNotIsSaidWithTheReason() throws Exception {
        var body = "{\"reason\":\"revoked\",\"message\":\"The certificate is revoked.\"}";

        assertThat(check(403, Map.of(), body))
                .isEqualTo(new Run(ExitCode.FAILED, "", "evenroll: Refused (revoked): The certificate is revoked.\n"));
        var json = check(403, Map.of(), body, "--output", "json");
        assertThat(json.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(json.out())
                .contains("\"decision\"", "\"refused\"", "\"revoked\"", "\"The certificate is revoked.\"");
    }

    @Test
    void aServiceThatIsNotReadyIsToBeAskedAgain() throws Exception {
        var run = check(503, Map.of(), "{\"reason\":\"not-ready\",\"message\":\"Nobody is let in.\"}");

        assertThat(run.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(run.err()).contains("connection authorization answered 503: Nobody is let in.");
    }

    @Test
    void aFileThatIsNoCertificateIsSaid() throws Exception {
        var run = check(400, Map.of(), "{\"reason\":\"malformed\",\"message\":\"body: PEM text: holds no block\"}");

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err())
                .isEqualTo("evenroll: connection authorization answered 400: body: PEM text: holds no block\n");
    }
}
