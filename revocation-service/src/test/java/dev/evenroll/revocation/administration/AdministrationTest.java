package dev.evenroll.revocation.administration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.Pem;
import dev.evenroll.pki.crl.CrlName;
import dev.evenroll.pki.crl.CrlReason;
import dev.evenroll.pki.crl.RevokedEntry;
import dev.evenroll.revocation.TestAuthority;
import dev.evenroll.revocation.device.DeviceCertificate;
import dev.evenroll.revocation.inventory.DueRenewal;
import dev.evenroll.revocation.life.CertificateLife;
import dev.evenroll.revocation.life.IssuedCertificate;
import dev.evenroll.revocation.life.RevocationOrder;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@TestProfile(WithoutKafka.class)
class AdministrationTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            // In clear text an upgrade to HTTP/2 would be negotiated, which nobody has in use: TLS alone is served.
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    @SuppressWarnings("NullAway.Init") // set by the test extension
    @TestHTTPResource
    URI address;

    @Inject
    TestParts parts;

    private final TestAuthority authority = new TestAuthority(() -> TestParts.NOW);
    private final IssuedCertificate certificate = authority.issue("D1");
    private final String path = "/certificates/" + certificate.id();

    @BeforeEach
    void reset() {
        parts.reset();
        parts.inventory.put(new CertificateLife.Issued(certificate, TestParts.NOW));
    }

    private HttpRequest.Builder request(String relative) {
        return HttpRequest.newBuilder(address.resolve(relative));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String relative) throws IOException, InterruptedException {
        return send(request(relative).header("Authorization", "Bearer " + LocalTokens.of("otto", "auditor")));
    }

    private HttpResponse<String> revoke(String token, String body) throws IOException, InterruptedException {
        return send(request(path + "/revocation")
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static String revoker() {
        return LocalTokens.of("anna", "revoker");
    }

    private static JsonNode problem(HttpResponse<String> answer, int status) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith("application/problem+json");
        var problem = JSON.readTree(answer.body());
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        return problem;
    }

    @Test
    void listsCertificatesInPages() throws Exception {
        parts.inventory.put(new CertificateLife.Issued(authority.issue("D2"), TestParts.NOW));

        var first = JSON.readTree(get("/certificates?limit=1").body());
        var second = JSON.readTree(
                get("/certificates?limit=1&after=" + first.path("next").asText())
                        .body());

        assertThat(first.path("certificates")).hasSize(1);
        assertThat(second.path("certificates")).hasSize(1);
        assertThat(second.path("next").isNull()).isTrue();
        assertThat(first.at("/certificates/0").has("pem")).isFalse();
    }

    @Test
    void showsACertificateWithItsPem() throws Exception {
        var expected = JSON.createObjectNode()
                .put("certificateId", certificate.id().value())
                .put("issuer", Certificates.issuer(Certificates.decode(certificate.der())))
                .put("serialNumber", certificate.id().serialNumber())
                .put("deviceId", "D1")
                .put("enrollmentId", certificate.enrollmentId())
                .put("state", "issued")
                .put("profile", certificate.profile())
                .put("notBefore", certificate.notBefore().toString())
                .put("notAfter", certificate.notAfter().toString())
                .put("issuedAt", "2026-11-22T10:00:00Z")
                .putNull("revokedAt")
                .putNull("reason")
                .put("pem", Pem.encodeCertificate(certificate.der()));

        assertThat(JSON.readTree(get(path).body())).isEqualTo(expected);
    }

    @Test
    void listsTheRevocationLists() throws Exception {
        var ca = parts.authority;
        var name = new CrlName(ca.issuer().keyId(), 0, false);
        var entry = new RevokedEntry("0a", TestParts.NOW, CrlReason.SUPERSEDED);
        parts.published.offer(name, 3, ca.signCrl(ca.list(3, TestParts.NOW, entry)));

        var lists = JSON.readTree(get("/crls").body()).path("crls");

        var first = JSON.createObjectNode()
                .put("issuerKeyId", name.issuerKeyId())
                .put("shard", 0)
                .put("crlNumber", 3)
                .put("revoked", 1)
                .put("thisUpdate", "2026-11-22T10:00:00Z")
                .put("nextUpdate", "2026-11-23T10:00:00Z");
        first.putArray("urls").add(ca.crlUrl());
        var second =
                JSON.createObjectNode().put("issuerKeyId", name.issuerKeyId()).put("shard", 1);
        assertThat(lists.toString()).isEqualTo("[" + first + "," + second + "]");
        assertThat(send(request("/crls")).statusCode()).isEqualTo(401);
    }

    @Test
    void revokesAndSaysWhereItIsPublished() throws Exception {
        var answer = revoke(revoker(), "{\"reason\":\"keyCompromise\"}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var json = JSON.readTree(answer.body());
        assertThat(json.path("state").asText()).isEqualTo("revoked");
        assertThat(json.path("reason").asText()).isEqualTo("keyCompromise");
        assertThat(json.path("revokedAt").asText()).isEqualTo("2026-11-22T10:00:00Z");
        assertThat(json.path("crlUrl").asText()).isEqualTo(authority.crlUrl());
        assertThat(parts.orders)
                .containsExactly(
                        new RevocationOrder(certificate.id(), CrlReason.KEY_COMPROMISE, "anna", TestParts.NOW));
    }

    @Test
    void revokingTwiceAnswersTheSame() throws Exception {
        var first = revoke(revoker(), "{\"reason\":\"keyCompromise\"}");
        var second = revoke(revoker(), "{\"reason\":\"superseded\"}");

        assertThat(second.body()).isEqualTo(first.body());
        assertThat(parts.orders).hasSize(1);
    }

    private HttpResponse<String> post(String relative, String token, String body)
            throws IOException, InterruptedException {
        return send(request(relative)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    @Test
    void holdsAndReleases() throws Exception {
        var held = JSON.readTree(post(path + "/hold", revoker(), "").body());
        var listed = JSON.readTree(get("/certificates?state=on-hold").body());
        var released = JSON.readTree(post(path + "/release", revoker(), "").body());

        assertThat(held.path("state").asText()).isEqualTo("on-hold");
        assertThat(held.path("heldAt").asText()).isEqualTo("2026-11-22T10:00:00Z");
        assertThat(listed.path("certificates")).hasSize(1);
        assertThat(released.path("state").asText()).isEqualTo("issued");
        assertThat(released.has("heldAt")).isFalse();
    }

    private DueRenewal renewal(String deviceId, Instant dueAt, int said) {
        return new DueRenewal(
                deviceId,
                Optional.of("CP-1"),
                Optional.of("Harbour"),
                new DeviceCertificate(
                        certificate.id(),
                        "charging-station",
                        DeviceCertificate.Standing.INSTALLED,
                        TestParts.NOW,
                        certificate.notBefore(),
                        certificate.notAfter(),
                        Optional.empty(),
                        Optional.of(TestParts.NOW),
                        false,
                        false,
                        said),
                dueAt);
    }

    @Test
    void listsRenewalsInTheOrderOfTheirTime() throws Exception {
        parts.renewals.add(renewal("D1", TestParts.NOW, 2));
        parts.renewals.add(renewal("D2", TestParts.NOW.plusSeconds(60), 0));

        var first = JSON.readTree(get("/renewals?limit=1").body());
        var second = JSON.readTree(
                get("/renewals?after=" + first.path("next").asText()).body());
        var due = JSON.readTree(get("/renewals?until=" + TestParts.NOW).body());

        assertThat(first.at("/renewals/0"))
                .isEqualTo(JSON.createObjectNode()
                        .put("deviceId", "D1")
                        .put("ocppIdentity", "CP-1")
                        .put("site", "Harbour")
                        .put("certificateId", certificate.id().value())
                        .put("profile", "charging-station")
                        .put("notAfter", certificate.notAfter().toString())
                        .put("dueAt", "2026-11-22T10:00:00Z")
                        .put("said", "soon"));
        assertThat(second.at("/renewals/0/deviceId").asText()).isEqualTo("D2");
        assertThat(second.at("/renewals/0").has("said")).isFalse();
        assertThat(second.path("next").isNull()).isTrue();
        assertThat(due.path("renewals")).hasSize(1);
        assertThat(problem(get("/renewals?until=soon&after=x&limit=0"), 400).path("errors"))
                .extracting(error -> error.path("field").asText())
                .containsExactly("until", "after", "limit");
    }

    @Test
    void whatIsRevokedIsNotReleased() throws Exception {
        revoke(revoker(), "{\"reason\":\"keyCompromise\"}");

        assertThat(problem(post(path + "/release", revoker(), ""), 409)
                        .path("detail")
                        .asText())
                .isEqualTo(
                        "The certificate is revoked: it can neither be put on hold nor be released. Its device needs a"
                                + " new one.");
    }

    @Test
    void revokesWhatADeviceHas() throws Exception {
        parts.inventory.put(new CertificateLife.Issued(authority.issue("D1"), TestParts.NOW));
        parts.inventory.put(new CertificateLife.Issued(authority.issue("D2"), TestParts.NOW));

        var answer = post("/devices/D1/revocation", revoker(), "{\"reason\":\"keyCompromise\"}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(JSON.readTree(answer.body()).path("certificates"))
                .hasSize(2)
                .allSatisfy(each -> assertThat(each.path("state").asText()).isEqualTo("revoked"));
        assertThat(parts.orders).hasSize(2);
        problem(post("/devices/D1/revocation", LocalTokens.of("otto", "auditor"), "{}"), 403);
        problem(post("/devices/https:%2F%2Fx/revocation", revoker(), "{\"reason\":\"keyCompromise\"}"), 404);
    }

    @Test
    void withoutATokenNobodyGetsIn() throws Exception {
        var answer = send(request("/certificates"));

        assertThat(problem(answer, 401).path("detail").asText())
                .isEqualTo("Send a bearer token in the header Authorization.");
        assertThat(answer.headers().firstValue("www-authenticate")).contains("Bearer");
        assertThat(parts.refusals)
                .containsExactly(new Refusals.Refusal(
                        Refusals.Kind.NOT_AUTHENTICATED, "127.0.0.1", "127.0.0.1", "GET /certificates"));
    }

    @Test
    void tokensOfOthersAreNotAccepted() throws Exception {
        for (var token : new String[] {
            LocalTokens.expired("revoker"),
            LocalTokens.fromAnotherIssuer("revoker"),
            LocalTokens.forAnotherAudience("revoker"),
            LocalTokens.signedByAnotherKey("revoker"),
            "rubbish"
        }) {
            var answer = revoke(token, "{\"reason\":\"superseded\"}");

            assertThat(problem(answer, 401).path("detail").asText()).startsWith("The bearer token is not accepted: ");
        }
        assertThat(parts.refusals).hasSize(5);
        assertThat(parts.orders).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"auditor", "registrar", "installer"})
    void onlyARevokerRevokes(String role) throws Exception {
        var answer = revoke(LocalTokens.of("otto", role), "{\"reason\":\"superseded\"}");

        assertThat(problem(answer, 403).path("detail").asText())
                .isEqualTo("The token does not name a role that may do this; see the groups in it.");
        assertThat(parts.refusals)
                .containsExactly(new Refusals.Refusal(
                        Refusals.Kind.NOT_ALLOWED, "otto", "127.0.0.1", "POST " + path + "/revocation"));
        assertThat(parts.orders).isEmpty();
    }

    @Test
    void aRoleThatIsNoneMayNotLook() throws Exception {
        var answer =
                send(request("/certificates").header("Authorization", "Bearer " + LocalTokens.of("otto", "visitor")));

        problem(answer, 403);
    }

    @Test
    void allBadParametersAreNamedAtOnce() throws Exception {
        var problem = problem(get("/certificates?device=http://x&state=lost&after=x&limit=0"), 400);

        assertThat(problem.path("errors"))
                .extracting(error -> error.path("field").asText())
                .containsExactly("device", "state", "after", "limit");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"reason\":\"boredom\"} | reason",
                "{\"reason\":\"certificateHold\"} | reason",
                "{} | reason",
                "{\"reason\":4} | reason",
                "{\"reason\":\"superseded\",\"force\":true} | force",
            })
    void badFieldsAreNamed(String body, String field) throws Exception {
        var problem = problem(revoke(revoker(), body), 400);

        assertThat(problem.at("/errors/0/field").asText()).isEqualTo(field);
        assertThat(parts.orders).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"''", "[]", "{", "{} {}", "reason=superseded"})
    void otherBodiesAreRefusedInWords(String body) throws Exception {
        assertThat(problem(revoke(revoker(), body), 400).path("detail").asText())
                .isEqualTo("The body is not a JSON object; send {\"reason\": \"keyCompromise\"}, for example.");
    }

    @Test
    void anUnknownCertificateIsSaidToBeUnknown() throws Exception {
        assertThat(problem(get("/certificates/ab12-0a"), 404).path("detail").asText())
                .isEqualTo("The CA has not issued a certificate with this id. GET /certificates lists them.");
        assertThat(problem(get("/certificates/nonsense"), 404).path("detail").asText())
                .startsWith("There is no such certificate: certificate id: must be ");
    }

    @Test
    void wrongMediaTypeAndMethodAreNamed() throws Exception {
        var text = send(request(path + "/revocation")
                .header("Authorization", "Bearer " + revoker())
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("x")));
        var delete = send(
                request(path).header("Authorization", "Bearer " + revoker()).DELETE());

        assertThat(problem(text, 415).path("detail").asText()).isEqualTo("Send the body as application/json.");
        assertThat(problem(delete, 405).path("detail").asText())
                .isEqualTo("The method is not allowed here; GET reads, POST orders a revocation.");
    }

    @Test
    void faultsAreToldApartAndSayWhenToTryAgain() throws Exception {
        parts.pipelineRuns = false;
        assertThat(problem(revoke(revoker(), "{\"reason\":\"superseded\"}"), 503)
                        .path("detail")
                        .asText())
                .startsWith("The order is written and will be carried out, but has not been yet.");
        parts.brokerAnswers = false;
        var notWritten = revoke(revoker(), "{\"reason\":\"superseded\"}");
        assertThat(problem(notWritten, 503).path("detail").asText()).isEqualTo("The broker did not confirm it.");
        assertThat(notWritten.headers().firstValue("retry-after")).contains("2");
        parts.inventory.breakDown();
        assertThat(problem(get(path), 503).path("detail").asText()).isEqualTo("The inventory is being moved.");
        parts.brokerAnswers = true;
        assertThat(problem(revoke(revoker(), "{\"reason\":\"superseded\"}"), 503)
                        .path("detail")
                        .asText())
                .startsWith("The order is written and will be carried out if the CA has issued such a certificate");
    }
}
