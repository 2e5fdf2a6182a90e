package dev.evenroll.revocation.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.Pem;
import dev.evenroll.pki.crl.CrlKind;
import dev.evenroll.pki.crl.CrlReason;
import dev.evenroll.pki.crl.RevokedEntry;
import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.revocation.MovableClock;
import dev.evenroll.revocation.TestAuthority;
import dev.evenroll.revocation.crl.CrlShard;
import dev.evenroll.revocation.crl.Issuers;
import dev.evenroll.revocation.crl.PublishedCrls;
import dev.evenroll.revocation.device.RenewalWindow;
import dev.evenroll.revocation.inventory.InventoryUnavailableException;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CrlServerTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final String LOOPBACK = "127.0.0.1";

    private final MovableClock clock = new MovableClock(NOW);
    private final TestAuthority authority = new TestAuthority(clock);
    private final PublishedCrls published = new PublishedCrls(Issuers.of(authority.issuer()), authority.addresses());
    private final CrlShard shard = published.shards().getFirst();
    private final Vertx vertx = Vertx.vertx();
    private final CrlServer server = new CrlServer(vertx, LOOPBACK, 0, published, this::window, clock);
    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    Path directory;

    @BeforeEach
    void start() throws Exception {
        server.start();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private Optional<RenewalWindow> window(CertificateId certificate) throws InventoryUnavailableException {
        if (certificate.serialNumber().equals("02")) {
            throw new InventoryUnavailableException("It is being moved.", new IllegalStateException());
        }
        return certificate.serialNumber().equals("01")
                ? Optional.of(new RenewalWindow(NOW, NOW.plus(Duration.ofDays(3))))
                : Optional.empty();
    }

    /// RFC 9773 section 4.2.
    @Test
    void tellsWhenToRenew() throws Exception {
        for (var id : List.of("q80.AQ", "abcd-01")) {
            var answer = get("/renewal-info/" + id);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
            assertThat(answer.headers().firstValue("Retry-After")).contains("21600");
            assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                    .isEqualTo("{\"suggestedWindow\":{\"start\":\"2026-11-22T10:00:00Z\","
                            + "\"end\":\"2026-11-25T10:00:00Z\"}}");
        }
        assertThat(get("/renewal-info/q80.Aw").statusCode()).isEqualTo(404);
        assertThat(get("/renewal-info/q80.Aw==").statusCode()).isEqualTo(404);
        assertThat(get("/renewal-info/").statusCode()).isEqualTo(404);
        var moved = get("/renewal-info/q80.Ag");
        assertThat(moved.statusCode()).isEqualTo(503);
        assertThat(moved.headers().firstValue("Retry-After")).contains("5");
    }

    private Der publish(long number, RevokedEntry... revoked) throws MalformedException {
        var list = authority.signCrl(authority.list(number, NOW, revoked));
        published.offer(shard.complete(), number, list);
        return list;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://" + LOOPBACK + ":" + server.port() + path));
    }

    private HttpResponse<byte[]> get(String path, String... headers) throws IOException, InterruptedException {
        var request = headers.length == 0 ? request(path) : request(path).headers(headers);
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private String path() {
        return "/crl/" + shard + ".crl";
    }

    @Test
    void servesTheListWithWhatCachesNeed() throws Exception {
        var list = publish(3);

        var answer = get(path());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Der.of(answer.body())).isEqualTo(list);
        assertThat(answer.headers().map())
                .containsEntry("content-type", List.of("application/pkix-crl"))
                .containsEntry("content-length", List.of(Integer.toString(list.length())))
                .containsEntry("cache-control", List.of("max-age=30"))
                .containsEntry("last-modified", List.of("Sun, 22 Nov 2026 10:00:00 GMT"))
                .containsEntry("expires", List.of("Mon, 23 Nov 2026 10:00:00 GMT"))
                .containsKey("etag");
    }

    /// `openssl crl` checks the signature with the CA and finds the revoked serial number.
    @Test
    void opensslAcceptsTheListAndFindsTheRevokedCertificate() throws Exception {
        var revoked = authority.issue("D1");
        publish(1, new RevokedEntry(revoked.id().serialNumber(), NOW, CrlReason.KEY_COMPROMISE));
        var file = Files.write(directory.resolve("list.crl"), get(path()).body());
        var ca = Files.writeString(
                directory.resolve("ca.pem"), Pem.encode(authority.issuer().chain()));

        var openssl = new ProcessBuilder(
                        "openssl",
                        "crl",
                        "-inform",
                        "DER",
                        "-in",
                        file.toString(),
                        "-CAfile",
                        ca.toString(),
                        "-noout",
                        "-text")
                .redirectErrorStream(true)
                .start();
        var output = new String(openssl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(openssl.waitFor()).as(output).isZero();
        assertThat(output)
                .contains("verify OK")
                .containsIgnoringCase("Serial Number: " + revoked.id().serialNumber())
                .contains("Key Compromise");
    }

    @Test
    void aHeadRequestGetsTheSameHeadersAndNoBody() throws Exception {
        var list = publish(1);
        var answer = client.send(
                request(path())
                        .method("HEAD", HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValueAsLong("content-length")).hasValue(list.length());
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void anUnchangedListIsNotSentAgain() throws Exception {
        publish(1);
        var etag = get(path()).headers().firstValue("etag").orElseThrow();

        assertThat(get(path(), "If-None-Match", etag).statusCode()).isEqualTo(304);
        assertThat(get(path(), "If-None-Match", "\"other\", W/" + etag).statusCode())
                .isEqualTo(304);
        assertThat(get(path(), "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
        assertThat(get(path(), "If-Modified-Since", "Sun, 22 Nov 2026 10:00:00 GMT")
                        .statusCode())
                .isEqualTo(304);
        assertThat(get(path(), "If-Modified-Since", "Sun, 22 Nov 2026 09:59:59 GMT")
                        .statusCode())
                .isEqualTo(200);
        assertThat(get(path(), "If-Modified-Since", "yesterday").statusCode()).isEqualTo(200);
        publish(2);
        assertThat(get(path(), "If-None-Match", etag).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 30", "PT23H59M45S, 15", "PT25H, 0"})
    void aListIsCachedForHalfAMinuteButNeverBeyondItsEnd(Duration later, int seconds) throws Exception {
        publish(1);
        clock.advance(later);

        assertThat(get(path()).headers().firstValue("cache-control")).contains("max-age=" + seconds);
    }

    @Test
    void theDeltaListStandsBesideIt() throws Exception {
        assertThat(get("/crl/" + shard + "-delta.crl").statusCode()).isEqualTo(503);
        var delta = authority.signCrl(authority.list(new CrlKind.Delta(1), 2, NOW));
        published.offer(shard.delta(), 2, delta);

        assertThat(get("/crl/" + shard + "-delta.crl").body()).isEqualTo(delta.bytes());
        assertThat(get(path()).statusCode()).isEqualTo(503);
    }

    @Test
    void beforeTheFirstListItSaysWhatIsMissing() throws Exception {
        var answer = get(path());

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("retry-after")).contains("1");
        assertThat(text(answer)).isEqualTo("This revocation list is not signed yet. Ask again in a second.\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/crl/", "/crl/.crl", "/crl/ab12-0.crl", "/crl/x.pem", "/crl", "/crl/%2e%2e%2fx.crl"})
    void elsewhereThereIsNothing(String path) throws Exception {
        var answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(text(answer)).startsWith("Th").endsWith(".\n");
    }

    @Test
    void nothingCanBeWritten() throws Exception {
        var answer = client.send(
                request(path()).POST(HttpRequest.BodyPublishers.ofString("x")).build(),
                HttpResponse.BodyHandlers.ofByteArray());

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("allow")).contains("GET, HEAD");
        assertThat(text(answer)).isEqualTo("Revocation lists can be fetched with GET, and nothing else.\n");
    }

    /// Pins: clients of the field read the body by Content-Length; chunked transfer is not understood by
    /// all.
    @Test
    void theAnswerOverTheWireIsNotChunked() throws Exception {
        publish(1);
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(("GET " + path() + " HTTP/1.0\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);

            assertThat(answer).startsWith("HTTP/1.0 200 OK\r\n");
            assertThat(answer).contains("\r\nContent-Length: ").doesNotContain("Transfer-Encoding");
        }
    }

    @Test
    void aTakenPortIsNamed() {
        var second = new CrlServer(vertx, LOOPBACK, server.port(), published, this::window, clock);

        assertThatExceptionOfType(UnusableAddressException.class)
                .isThrownBy(second::start)
                .withMessageStartingWith("evenroll.crl.host, evenroll.crl.port: the address 127.0.0.1:" + server.port())
                .withMessageContaining("set another one");
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
