package dev.evenroll.e2e.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.evenroll.cli.administration.RevocationReason;
import dev.evenroll.cli.tls.ClientIdentity;
import dev.evenroll.e2e.stack.RunningStack;
import dev.evenroll.e2e.stack.WithStack;
import dev.evenroll.e2e.tool.EvenrollCommand;
import dev.evenroll.e2e.tool.Tool;
import dev.evenroll.pki.Pem;
import dev.evenroll.pki.authority.CertificateAuthority;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.identity.CertificateId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Stations at a real nginx that asks connection authorization, with the configuration of `deploy/nginx`.
@ExtendWith(WithStack.class)
class ConnectionJourneyTest {

    /// What the issue promises of a revocation.
    private static final Duration EFFECTIVE_WITHIN = Duration.ofSeconds(5);

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path directory = Path.of("");

    private Optional<HttpServer> csms = Optional.empty();
    private Optional<Nginx> nginx = Optional.empty();

    /// A back end that says as whom it was reached.
    @BeforeEach
    void aCsmsStandsBehind() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            var words = "welcome " + exchange.getRequestHeaders().getFirst("X-Device-Id") + " with "
                    + exchange.getRequestHeaders().getFirst("X-Certificate-Serial") + " at "
                    + exchange.getRequestURI();
            exchange.sendResponseHeaders(200, words.length());
            exchange.getResponseBody().write(words.getBytes(StandardCharsets.US_ASCII));
            exchange.close();
        });
        server.start();
        csms = Optional.of(server);
    }

    @AfterEach
    void stop() {
        nginx.ifPresent(Nginx::close);
        csms.ifPresent(server -> server.stop(0));
    }

    private void nginxStandsBefore(RunningStack stack) throws Exception {
        assumeTrue(Nginx.installed(directory) || System.getenv("CI") != null, "nginx (Debian package nginx-light)");
        var bundle = new Tool(directory)
                .run("curl", "-sSf", stack.connection().connections() + "/trust-bundle")
                .ok()
                .output();
        var address = csms.orElseThrow().getAddress();
        nginx = Optional.of(Nginx.start(
                Files.createDirectories(directory.resolve("nginx")),
                bundle,
                stack.connection().connections(),
                URI.create("http://127.0.0.1:" + address.getPort())));
    }

    /// What a station is answered.
    ///
    /// @param status of HTTP; 0 when there was no answer
    private record Answer(int status, String reason, String body) {}

    /// A connection of the holder of a key and certificate.
    private Answer connects(ClientIdentity identity, String path) throws IOException {
        var front = nginx.orElseThrow();
        Files.writeString(directory.resolve("client.pem"), Pem.encode(identity.chain()));
        Files.writeString(directory.resolve("client.key"), Pem.encode(identity.key()));
        Files.deleteIfExists(directory.resolve("body"));
        Files.deleteIfExists(directory.resolve("headers"));
        // Headers of a liar: they must reach neither Evenroll nor the CSMS.
        var run = new Tool(directory)
                .run(
                        Map.of(),
                        List.of(
                                "curl",
                                "-sS",
                                "--max-time",
                                "30",
                                "--path-as-is",
                                "--cacert",
                                front.directory().resolve("server-ca.pem").toString(),
                                "--cert",
                                "client.pem",
                                "--key",
                                "client.key",
                                "-H",
                                "X-Device-Id: liar",
                                "-H",
                                "X-Original-URI: /ocpp/liar",
                                "-D",
                                "headers",
                                "-o",
                                "body",
                                "-w",
                                "%{http_code}",
                                "https://localhost:" + front.port() + path));
        var headers = Files.exists(directory.resolve("headers")) ? Files.readString(directory.resolve("headers")) : "";
        var reason = headers.lines()
                .filter(line -> line.startsWith("X-Refusal-Reason: "))
                .map(line -> line.substring("X-Refusal-Reason: ".length()).strip())
                .findFirst();
        return new Answer(
                Integer.parseInt(run.output().strip()),
                reason.orElse(""),
                Files.exists(directory.resolve("body")) ? Files.readString(directory.resolve("body")) : "");
    }

    /// A registered device with its certificate.
    private ClientIdentity station(RunningStack stack, String deviceId, String ocppIdentity) throws Exception {
        // A registry that has just been started says 503 for a moment.
        await().atMost(PATIENCE.multipliedBy(3))
                .pollDelay(Duration.ZERO)
                .until(() -> evenroll(stack)
                                .run(
                                        "device",
                                        "register",
                                        deviceId,
                                        "--owner",
                                        "Local Operator",
                                        "--ocpp-identity",
                                        ocppIdentity)
                                .exitCode()
                        == 0);
        var device = stack.fleet().device(deviceId);
        device.enrolls().receivesCertificate();
        var identity = device.identity().orElseThrow();
        // The replica of the registry learns of a device a moment after the registry.
        within(
                PATIENCE,
                () -> assertThat(check(stack, identity, ocppIdentity).exitCode())
                        .isZero());
        return identity;
    }

    private EvenrollCommand evenroll(RunningStack stack) {
        return new EvenrollCommand(directory, stack.data());
    }

    private Tool.Run check(RunningStack stack, ClientIdentity identity, String ocppIdentity) throws IOException {
        var file = Files.writeString(directory.resolve("checked.pem"), Pem.encode(identity.chain()));
        return evenroll(stack).run("connection", "check", file.toString(), "--as", ocppIdentity);
    }

    private static void within(Duration limit, ThrowingRunnable assertion) {
        await().atMost(limit).pollInterval(Duration.ofMillis(100)).untilAsserted(assertion);
    }

    private static String serial(ClientIdentity identity) {
        return CertificateId.of(identity.chain().getFirst()).serialNumber();
    }

    @Test
    void aStationConnectsUnderItsNameAndUnderNoOther(RunningStack stack) throws Exception {
        nginxStandsBefore(stack);
        var deviceId = RunningStack.newDeviceId();
        var other = RunningStack.newDeviceId();
        var identity = station(stack, deviceId, "CP-" + deviceId);
        station(stack, other, "CP-" + other);

        assertThat(connects(identity, "/ocpp/CP-" + deviceId + "?v=1"))
                .isEqualTo(new Answer(
                        200,
                        "",
                        "welcome " + deviceId + " with " + serial(identity) + " at /ocpp/CP-" + deviceId + "?v=1"));
        assertThat(connects(identity, "/ocpp/%43P-" + deviceId).status()).isEqualTo(200);

        for (var path : List.of(
                "/ocpp/CP-" + other,
                "/ocpp/" + deviceId,
                "/ocpp/",
                "/ocpp/CP-" + other + "/%2e%2e/CP-" + deviceId,
                "/ocpp/CP-" + deviceId + "/../CP-" + other,
                "/evenroll-authorization/CP-" + other)) {
            var answer = connects(identity, path);
            assertThat(answer.status()).as(path).isEqualTo(403);
            assertThat(answer.reason()).as(path).isEqualTo("identity");
        }
        assertThat(connects(identity, "/evenroll-authorization").status())
                .as("what nginx asks is no address for stations")
                .isEqualTo(404);
    }

    @Test
    void aRevokedCertificateDoesNotConnectWithinFiveSeconds(RunningStack stack) throws Exception {
        nginxStandsBefore(stack);
        var deviceId = RunningStack.newDeviceId();
        var identity = station(stack, deviceId, deviceId);
        assertThat(connects(identity, "/" + deviceId).status()).isEqualTo(200);
        var id = CertificateId.of(identity.chain().getFirst()).value();
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> stack.inventory().certificate(id).state().equals("installed"));

        stack.inventory().revoke(id, RevocationReason.KEY_COMPROMISE);

        within(
                EFFECTIVE_WITHIN,
                () -> assertThat(connects(identity, "/" + deviceId))
                        .extracting(Answer::status, Answer::reason)
                        .containsExactly(403, "revoked"));
        var checked = check(stack, identity, deviceId);
        assertThat(checked.exitCode()).isEqualTo(1);
        assertThat(checked.errors()).contains("Refused (revoked): The certificate is revoked.");
        within(
                PATIENCE,
                () -> assertThat(evenroll(stack)
                                .run(
                                        "audit",
                                        "tail",
                                        "--entity",
                                        "CN=" + deviceId + ",O=Local Operator",
                                        "--from-beginning",
                                        "--output",
                                        "json")
                                .output())
                        .contains("A connection was refused. The certificate is revoked."));
    }

    @Test
    void aSuspendedDeviceDoesNotConnectUntilItIsResumed(RunningStack stack) throws Exception {
        nginxStandsBefore(stack);
        var deviceId = RunningStack.newDeviceId();
        var identity = station(stack, deviceId, deviceId);

        evenroll(stack)
                .run("device", "suspend", deviceId, "--reason", "stolen", "--yes")
                .ok();
        within(
                PATIENCE,
                () -> assertThat(connects(identity, "/" + deviceId))
                        .extracting(Answer::status, Answer::reason)
                        .containsExactly(403, "device-state"));

        evenroll(stack).run("device", "resume", deviceId, "--reason", "found").ok();
        within(
                PATIENCE,
                () -> assertThat(connects(identity, "/" + deviceId).status()).isEqualTo(200));
    }

    @Test
    void aCertificateOfAnotherCaDoesNotReachAnybody(RunningStack stack) throws Exception {
        nginxStandsBefore(stack);
        var deviceId = RunningStack.newDeviceId();
        station(stack, deviceId, deviceId);
        var keys = Keys.generateP256();
        var stranger = CertificateAuthority.selfSigned("Stranger", Duration.ofDays(1), InstantSource.system());
        var forged = new ClientIdentity(
                keys.getPrivate(), List.of(stranger.issueClient(deviceId, keys.getPublic(), Duration.ofHours(1))));

        // nginx itself refuses it, with 400; asked directly, Evenroll says why.
        assertThat(connects(forged, "/" + deviceId).status()).isEqualTo(400);
        assertThat(check(stack, forged, deviceId).errors()).contains("Refused (chain): ");
    }

    @Test
    void withoutAnAnswerOfEvenrollNobodyConnects(RunningStack stack) throws Exception {
        nginxStandsBefore(stack);
        var deviceId = RunningStack.newDeviceId();
        var identity = station(stack, deviceId, deviceId);
        nginx.orElseThrow().close();
        var elsewhere = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var dead = URI.create("http://127.0.0.1:" + elsewhere.getAddress().getPort());
        elsewhere.stop(0);
        nginx = Optional.of(Nginx.start(
                Files.createDirectories(directory.resolve("alone")),
                Files.readString(directory.resolve("nginx/trust-bundle.pem")),
                dead,
                URI.create("http://127.0.0.1:" + csms.orElseThrow().getAddress().getPort())));

        assertThat(connects(identity, "/" + deviceId).status()).isEqualTo(500);
    }
}
