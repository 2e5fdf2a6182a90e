package dev.evenroll.revocation.connection.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.Pem;
import dev.evenroll.revocation.connection.ConnectionOutcome.Authorized;
import dev.evenroll.revocation.connection.ConnectionOutcome.Refused;
import dev.evenroll.revocation.connection.TestStations;
import dev.evenroll.revocation.connection.TrustBundle;
import dev.evenroll.revocation.connection.WithdrawnCertificates.Withdrawal;
import dev.evenroll.revocation.publication.UnusableAddressException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectionServerTest {

    private static final String LOOPBACK = "127.0.0.1";

    private final TestStations stations = new TestStations();
    private final X509Certificate certificate = stations.station("SN-1");
    private final List<Authorized> uses = Collections.synchronizedList(new ArrayList<>());
    private final List<Refused> refusals = Collections.synchronizedList(new ArrayList<>());
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Vertx vertx = Vertx.vertx();
    private final ConnectionServer server = server(0);
    private final HttpClient client = HttpClient.newHttpClient();

    private ConnectionServer server(int port) {
        return new ConnectionServer(
                vertx,
                LOOPBACK,
                port,
                stations.authorization(),
                () -> TrustBundle.of(stations.authorities.get()),
                uses::add,
                refusals::add,
                metrics);
    }

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

    private HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(URI.create("http://" + LOOPBACK + ":" + server.port() + target));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String escaped(X509Certificate certificate) {
        return URLEncoder.encode(Pem.encode(certificate), StandardCharsets.US_ASCII)
                .replace("+", "%20");
    }

    private HttpResponse<String> nginxAsks(String uri) throws Exception {
        return send(request("/authorize/nginx")
                .header("X-SSL-Client-Cert", escaped(certificate))
                .header("X-Original-URI", uri));
    }

    private void isAuthorized(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
        assertThat(answer.headers().firstValue("X-Device-Id")).contains("SN-1");
        assertThat(answer.headers().firstValue("X-Certificate-Serial"))
                .contains(TestStations.id(certificate).serialNumber());
    }

    private static void isRefused(HttpResponse<String> answer, String reason) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
        assertThat(answer.headers().firstValue("X-Refusal-Reason")).contains(reason);
        assertThat(new JsonObject(answer.body()).getString("reason")).isEqualTo(reason);
    }

    @Test
    void nginxIsAnsweredByItsHeaders() throws Exception {
        isAuthorized(nginxAsks("/ocpp/CP-1"));
        isRefused(nginxAsks("/ocpp/CP-2"), "identity");

        assertThat(refusals).hasSize(1);
        assertThat(metrics.get("evenroll.connection.authorization")
                        .tags("outcome", "authorized", "reason", "none")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(metrics.get("evenroll.connection.authorization")
                        .tags("outcome", "refused", "reason", "identity")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void envoyIsAnsweredByXfccAndThePathOfTheClient() throws Exception {
        isAuthorized(send(request("/authorize/envoy/ocpp/CP-1?x=y")
                .header("X-Forwarded-Client-Cert", "Hash=1;Cert=\"" + escaped(certificate) + "\"")));
    }

    @Test
    void aCsmsIsAnsweredByBodyAndParameter() throws Exception {
        isAuthorized(send(request("/authorize?identity=CP-1").POST(BodyPublishers.ofString(Pem.encode(certificate)))));
        assertThat(uses)
                .singleElement()
                .satisfies(use -> assertThat(use.device().value()).isEqualTo("SN-1"));
    }

    /// Else whoever looks at a certificate would have it count as installed.
    @Test
    void aPersonsQuestionIsNoUse() throws Exception {
        isAuthorized(send(
                request("/authorize?check=true&identity=CP-1").POST(BodyPublishers.ofString(Pem.encode(certificate)))));
        assertThat(uses).isEmpty();
    }

    /// The client's own header would be believed where the front sets none.
    @Test
    void theHeaderOfAnotherFrontIsNotBelieved() throws Exception {
        isRefused(
                send(request("/authorize/nginx")
                        .header("X-Forwarded-Client-Cert", "Cert=\"" + escaped(certificate) + "\"")
                        .header("X-Original-URI", "/ocpp/CP-1")),
                "chain");
        isRefused(
                send(request("/authorize/envoy/ocpp/CP-1").header("X-SSL-Client-Cert", escaped(certificate))), "chain");
    }

    @Test
    void twoCertificatesAreMalformed() throws Exception {
        var answer = send(request("/authorize/nginx")
                .header("X-SSL-Client-Cert", escaped(certificate))
                .header("X-SSL-Client-Cert", escaped(certificate))
                .header("X-Original-URI", "/ocpp/CP-1"));

        assertThat(answer.statusCode()).isEqualTo(400);
    }

    @Test
    void aRevokedCertificateIsRefused() throws Exception {
        stations.withdrawn.put(TestStations.id(certificate), Withdrawal.REVOKED);

        isRefused(nginxAsks("/ocpp/CP-1"), "revoked");
    }

    @Test
    void whileNothingIsKnownTheAnswerIsNo() throws Exception {
        stations.freshness.lost();

        var answer = nginxAsks("/ocpp/CP-1");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).contains("5");
        assertThat(answer.body()).contains("not-ready", "the registry is not complete yet");
    }

    @Test
    void whatIsMalformedIsSaid() throws Exception {
        var certificateMissing = send(request("/authorize?identity=CP-1").POST(BodyPublishers.ofString("nothing")));
        assertThat(certificateMissing.statusCode()).isEqualTo(400);
        assertThat(certificateMissing.body()).contains("body: PEM text: holds no block");

        var identityMissing = send(request("/authorize").POST(BodyPublishers.ofString(Pem.encode(certificate))));
        assertThat(identityMissing.statusCode()).isEqualTo(400);
        assertThat(identityMissing.body()).contains("identity: is missing");

        assertThat(send(request("/authorize?identity=CP-1").POST(BodyPublishers.ofString("x".repeat(100_000))))
                        .statusCode())
                .isEqualTo(413);
        assertThat(send(request("/authorize?identity=CP-1")).statusCode()).isEqualTo(405);
        assertThat(send(request("/trust-bundle").DELETE()).statusCode()).isEqualTo(405);
        assertThat(send(request("/elsewhere")).statusCode()).isEqualTo(404);
    }

    @Test
    void theTrustBundleHasEveryCa() throws Exception {
        var pem = send(request("/trust-bundle"));
        assertThat(Pem.decodeCertificates(pem.body()))
                .isEqualTo(stations.authorities.get().certificates());

        var json = new JsonObject(send(request("/trust-bundle").header("Accept", "application/json"))
                .body());
        assertThat(json.getJsonArray("certificates").stream().map(each -> ((JsonObject) each).getString("role")))
                .containsExactly("issuing", "root");
        assertThat(pem.headers().firstValue("ETag")).contains("\"" + json.getString("version") + "\"");
        assertThat(json.getJsonArray("certificates").getJsonObject(0).getString("sha256"))
                .isEqualTo(Certificates.sha256(
                        stations.authorities.get().certificates().getFirst()));
    }

    @Test
    void whoHasTheTrustBundleIsToldWhenItChanges() throws Exception {
        var version =
                send(request("/trust-bundle")).headers().firstValue("ETag").orElseThrow();
        assertThat(send(request("/trust-bundle").header("If-None-Match", version))
                        .statusCode())
                .isEqualTo(304);

        var waiting = client.sendAsync(
                request("/trust-bundle")
                        .header("If-None-Match", version)
                        .header("Prefer", "wait=60")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        stations.rollOver();

        var told = waiting.get();
        assertThat(told.statusCode()).isEqualTo(200);
        assertThat(Pem.decodeCertificates(told.body())).hasSize(4);
        assertThat(told.headers().firstValue("ETag")).isNotEqualTo(Optional.of(version));
    }

    @Test
    void whoWaitsLongEnoughIsToldThatNothingChanged() throws Exception {
        var version =
                send(request("/trust-bundle")).headers().firstValue("ETag").orElseThrow();

        assertThat(send(request("/trust-bundle")
                                .header("If-None-Match", version)
                                .header("Prefer", "wait=1"))
                        .statusCode())
                .isEqualTo(304);
    }

    @Test
    void aTakenAddressIsSaidInWords() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatExceptionOfType(UnusableAddressException.class)
                    .isThrownBy(() -> server(taken.getLocalPort()).start())
                    .withMessageStartingWith("evenroll.connection.host, evenroll.connection.port: the address "
                            + LOOPBACK + ":" + taken.getLocalPort() + " can not be listened on");
        }
    }
}
