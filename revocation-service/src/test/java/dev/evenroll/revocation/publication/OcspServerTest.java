package dev.evenroll.revocation.publication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.ocsp.OcspAnswer;
import dev.evenroll.pki.ocsp.OcspError;
import dev.evenroll.pki.ocsp.OcspNonce;
import dev.evenroll.pki.ocsp.OcspRequest;
import dev.evenroll.pki.ocsp.OcspStatus;
import dev.evenroll.revocation.MovableClock;
import dev.evenroll.revocation.TestAuthority;
import dev.evenroll.revocation.ocsp.TestResponder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OcspServerTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00.500Z");
    private static final String LOOPBACK = "127.0.0.1";

    private final MovableClock clock = new MovableClock(NOW);
    private final TestAuthority authority = new TestAuthority(clock);
    private final HttpPeers peers = new HttpPeers();
    private final TestResponder here = new TestResponder("ocsp-responder-0", authority, peers, clock);
    private final TestResponder there = new TestResponder("ocsp-responder-1", authority, peers, clock);
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Vertx vertx = Vertx.vertx();
    private final OcspServer server = server(here);
    private final OcspServer other = server(there);
    private final HttpClient client = HttpClient.newHttpClient();

    private OcspServer server(TestResponder one) {
        return new OcspServer(vertx, LOOPBACK, 0, one.responder(), metrics, clock);
    }

    @BeforeEach
    void start() throws Exception {
        here.certified();
        there.certified();
        server.start();
        other.start();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
        other.close();
        peers.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void isAskedWithPost() throws Exception {
        for (var path : new String[] {"/ocsp", "/"}) {
            var request = here.request(here.issue("D1"));
            var answer = post(path, request.encode());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/ocsp-response");
            assertThat(signed(answer).answers(request)).isTrue();
        }
    }

    /// RFC 6960 appendix A.1: base64, percent-encoded; some clients leave its plus and slash as they are.
    @Test
    void isAskedWithGet() throws Exception {
        for (int i = 0; i < 20; i++) {
            var request = here.request(here.issue("D" + i));
            var base64 = Base64.getEncoder().encodeToString(request.encode());
            var encoded = URLEncoder.encode(base64, StandardCharsets.US_ASCII);
            for (var path : new String[] {"/ocsp/" + encoded, "/" + encoded, "/ocsp/" + base64}) {
                assertThat(signed(get(path)).answers(request)).isTrue();
            }
        }
    }

    /// RFC 5019 section 6.2.
    @Test
    void cachesLearnHowLongAnAnswerIsGood() throws Exception {
        var path = path(here.request(here.issue("D1")));
        clock.advance(Duration.ofMinutes(1));
        var answer = get(path);
        assertThat(answer.headers().firstValue("Cache-Control"))
                .contains("max-age=2, public, no-transform, must-revalidate");
        assertThat(answer.headers().firstValue("Last-Modified")).contains("Sun, 22 Nov 2026 10:01:00 GMT");
        assertThat(answer.headers().firstValue("Expires")).contains("Sun, 22 Nov 2026 10:01:02 GMT");
        var etag = answer.headers().firstValue("ETag").orElseThrow();
        assertThat(get(path, "If-None-Match", etag).statusCode()).isEqualTo(304);
        // Two answers of one second may differ.
        assertThat(get(path, "If-Modified-Since", "Sun, 22 Nov 2026 10:01:00 GMT")
                        .statusCode())
                .isEqualTo(200);
        assertThat(get(path, "If-None-Match", "\"another\"").statusCode()).isEqualTo(200);
        here.inventory.breakDown();
        var failed = get(path, "If-None-Match", etag);
        assertThat(failed.statusCode()).isEqualTo(200);
        assertThat(failed.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(OcspAnswer.read(failed.body())).isEqualTo(new OcspAnswer.Refused(OcspError.TRY_LATER));
    }

    @Test
    void anAnswerWithANonceIsKeptByNobody() throws Exception {
        var request =
                new OcspRequest(here.request(here.issue("D1")).certificates(), Optional.of(OcspNonce.of(new byte[32])));
        var answer = post("/ocsp", request.encode());
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(answer.headers().firstValue("ETag")).isEmpty();
        assertThat(signed(answer).answers(request)).isTrue();
    }

    @Test
    void anotherReplicaAnswersForWhatItHolds() throws Exception {
        var certificate = there.issue("D1");
        here.owners.put(certificate.id().value(), URI.create("http://" + LOOPBACK + ":" + other.port()));
        var answer = get(path(here.request(certificate)));
        assertThat(signed(answer).singles().getFirst().status()).isEqualTo(new OcspStatus.Good());
        assertThat(answer.headers().firstValue("ETag")).isPresent();
        assertThat(metrics.get("evenroll.ocsp.answers")
                        .tag("outcome", "good")
                        .timer()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void questionsDoNotGoInCircles() throws Exception {
        var certificate = authority.issue("D1");
        here.owners.put(certificate.id().value(), URI.create("http://" + LOOPBACK + ":" + other.port()));
        there.owners.put(certificate.id().value(), URI.create("http://" + LOOPBACK + ":" + server.port()));
        there.inventory.breakDown();
        assertRefused(post("/ocsp", here.request(certificate).encode()), OcspError.TRY_LATER);
    }

    @Test
    void aReplicaThatIsAwayIsTriedLater() throws Exception {
        var certificate = there.issue("D1");
        here.owners.put(certificate.id().value(), URI.create("http://" + LOOPBACK + ":" + other.port()));
        other.close();
        assertRefused(post("/ocsp", here.request(certificate).encode()), OcspError.TRY_LATER);
    }

    /// The limit of an HttpRequest would end with the header fields.
    @Test
    void aReplicaThatStopsInTheMiddleOfItsAnswerHoldsNobodyUp() throws Exception {
        var certificate = there.issue("D1");
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            here.owners.put(certificate.id().value(), URI.create("http://" + LOOPBACK + ":" + silent.getLocalPort()));
            var talking = CompletableFuture.supplyAsync(() -> {
                try {
                    var socket = silent.accept();
                    socket.getOutputStream()
                            .write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n0".getBytes(StandardCharsets.US_ASCII));
                    return socket;
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            assertRefused(post("/ocsp", here.request(certificate).encode()), OcspError.TRY_LATER);
            talking.join().close();
        }
    }

    @Test
    void whatIsNoRequestIsMalformed() throws Exception {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(11);
        byte[] good = here.request(here.issue("D1")).encode();
        for (int i = 0; i < 200; i++) {
            byte[] bad = good.clone();
            bad[random.nextInt(8)] ^= (byte) (1 + random.nextInt(255));
            var answer = post("/ocsp", bad);
            if (isRequest(bad)) {
                assertThat(OcspAnswer.read(answer.body()))
                        .isNotEqualTo(new OcspAnswer.Refused(OcspError.MALFORMED_REQUEST));
            } else {
                assertRefused(answer, OcspError.MALFORMED_REQUEST);
            }
        }
        assertRefused(post("/ocsp", new byte[0]), OcspError.MALFORMED_REQUEST);
        for (var path : new String[] {"/ocsp/MEI*", "/ocsp/%ZZ", "/ocsp/M", "/favicon.ico", "/ocsp/%00"}) {
            assertRefused(get(path.replace("%ZZ", "%25ZZ")), OcspError.MALFORMED_REQUEST);
        }
    }

    @Test
    void whatIsNotOcspIsSaidInWords() throws Exception {
        assertThat(get("/").statusCode()).isEqualTo(400);
        assertThat(new String(get("/ocsp").body(), StandardCharsets.UTF_8)).contains("POST the request");
        var put = client.send(request("/ocsp").PUT(BodyPublishers.noBody()).build(), BodyHandlers.ofString());
        assertThat(put.statusCode()).isEqualTo(405);
        assertThat(put.headers().firstValue("Allow")).contains("GET, POST");
        assertThat(post("/ocsp", new byte[OcspRequest.LONGEST + 1]).statusCode())
                .isEqualTo(413);
    }

    private static boolean isRequest(byte[] bytes) {
        try {
            return !OcspRequest.read(bytes).certificates().isEmpty();
        } catch (MalformedException e) {
            return false;
        }
    }

    private void assertRefused(HttpResponse<byte[]> answer, OcspError error) throws Exception {
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(OcspAnswer.read(answer.body())).isEqualTo(new OcspAnswer.Refused(error));
    }

    private OcspAnswer.Signed signed(HttpResponse<byte[]> answer) throws Exception {
        assertThat(OcspAnswer.read(answer.body())).isInstanceOf(OcspAnswer.Signed.class);
        var signed = (OcspAnswer.Signed) OcspAnswer.read(answer.body());
        assertThat(signed.problems(authority.issuer(), clock.instant())).isEmpty();
        return signed;
    }

    private static String path(OcspRequest request) {
        return "/ocsp/"
                + URLEncoder.encode(Base64.getEncoder().encodeToString(request.encode()), StandardCharsets.US_ASCII);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://" + LOOPBACK + ":" + server.port() + path));
    }

    private HttpResponse<byte[]> get(String path, String... headers) throws Exception {
        var request = headers.length == 0 ? request(path) : request(path).headers(headers);
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    private HttpResponse<byte[]> post(String path, byte[] body) throws Exception {
        return client.send(
                request(path)
                        .header("Content-Type", "application/ocsp-request")
                        .POST(BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofByteArray());
    }
}
