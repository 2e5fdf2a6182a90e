package dev.evenroll.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.gateway.CsrAttributes;
import dev.evenroll.gateway.TestTrust;
import dev.evenroll.gateway.est.SubmittedRequest;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.Pem;
import dev.evenroll.pki.authority.CertificationRequests;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.identity.CertificateId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The table in docs/GATEWAY.md is what a gateway answers, word for word.
class GatewayAnswersDocumentTest extends EstExchange {

    private static final Path DOCUMENT = Path.of("../docs/GATEWAY.md");
    private static final String REENROLL = "/.well-known/est/simplereenroll";

    private static final String INTRODUCTION = """
            # What the gateway refuses

            Generated from the answers of a gateway by `GatewayAnswersDocumentTest` (enroll-gateway); a build with other answers fails. To write it anew: `./mvnw -pl enroll-gateway test -Dtest=GatewayAnswersDocumentTest -Devenroll.regenerate=true`.

            `enroll-gateway` answers these by itself, and nothing of the request reaches the pipeline. A request is judged in this order, and the first thing that is wrong is the answer: framing (400, 414, 431), path (404), method (405), client certificate or one-time token (401, 403), how often the requester asks (429), media type (415), size (413), content (400), how often the device is asked for (429). What a request says beyond that is judged by `csr-validator`: [RULES.md](RULES.md).

            Every answer is plain text (`text/plain; charset=utf-8`). An answer before the whole request was read, and every one about the framing, ends the connection. A 401 comes with `WWW-Authenticate: Basic realm="Evenroll"`, and in chunks to a client that sends no `Accept`: Bouncy Castle's EST client (1.86) closes a challenge unread before it sends its user and password, and fails when bytes of a `Content-Length` are left. Refused credentials and contents stand in `security.observed` too.

            | status | what is refused | answer |
            |---|---|---|
            """;

    /// @param identity null for a client without a certificate
    private record Refusal(String what, TestTrust.@Nullable Identity identity, String request) {}

    @Test
    void theDocumentIsWhatIsAnswered() throws Exception {
        var document = document();
        if (Boolean.getBoolean("evenroll.regenerate")) {
            Files.writeString(DOCUMENT, document);
        }
        assertThat(DOCUMENT)
                .as("to write it anew: ./mvnw -pl enroll-gateway test -Dtest=GatewayAnswersDocumentTest"
                        + " -Devenroll.regenerate=true")
                .exists()
                .content()
                .isEqualTo(document);
        assertThat(gateway.pipeline.requests).isEmpty();
    }

    private String document() throws Exception {
        var document = new StringBuilder(INTRODUCTION);
        var revoked = gateway.trust.own("SN-9", Duration.ofDays(30));
        var revokedId = CertificateId.of(revoked.certificate());
        gateway.revoked.add(revokedId);
        for (var refusal : refusals(revoked)) {
            var answer = exchange(refusal.identity(), refusal.request());
            document.append("| %d | %s | %s |%n"
                    .formatted(
                            answer.status(),
                            refusal.what(),
                            cell(answer.body().replace(revokedId.value(), "<certificate id>"))));
        }
        return document.toString();
    }

    private List<Refusal> refusals(TestTrust.Identity revoked) throws IOException {
        var refusals = new ArrayList<Refusal>();
        refusals.addAll(framing());
        refusals.addAll(credentials(revoked));
        refusals.addAll(contents());
        return refusals;
    }

    private static List<Refusal> framing() {
        return List.of(
                new Refusal("what is no HTTP/1.1", null, "HELLO\r\n\r\n"),
                new Refusal(
                        "a request without exactly one `Host`", null, "GET " + Requests.CACERTS + " HTTP/1.1\r\n\r\n"),
                new Refusal("a long request line", null, Requests.get("/" + "x".repeat(1100))),
                new Refusal("a large header", null, Requests.get("/", "X: " + "x".repeat(9000))));
    }

    private List<Refusal> credentials(TestTrust.Identity revoked) {
        var stranger = gateway.trust.idevid(gateway.trust.stranger, "SN-1");
        var csr = Requests.csr("SN-1");
        var accept = "Accept: */*";
        return List.of(
                new Refusal("another path", device, Requests.post("/.well-known/est/fullcmc", csr)),
                new Refusal("another label", device, Requests.post("/.well-known/est/factory/simpleenroll", csr)),
                new Refusal("another method", device, Requests.get(Requests.SIMPLEENROLL)),
                new Refusal("nobody", null, Requests.post(Requests.SIMPLEENROLL, csr, accept)),
                new Refusal(
                        "a certificate that leads to no trust anchor",
                        stranger,
                        Requests.post(Requests.SIMPLEENROLL, csr, accept)),
                new Refusal("a revoked certificate", revoked, Requests.post(REENROLL, Requests.csr("SN-9"))),
                new Refusal(
                        "an `Authorization` that is no one-time token",
                        null,
                        Requests.post(Requests.SIMPLEENROLL, csr, accept, "Authorization: Bearer x")),
                new Refusal(
                        "a one-time token for a renewal",
                        null,
                        Requests.post(REENROLL, csr, accept, "Authorization: Basic " + credentials("SN-1"))),
                new Refusal(
                        "a one-time token of another device",
                        null,
                        Requests.post(
                                Requests.SIMPLEENROLL, csr, accept, "Authorization: Basic " + credentials("SN-2"))));
    }

    private static String credentials(String user) {
        return base64(Der.of((user + ":0000-0000-0000-0000-0000-0000-0000-0000").getBytes(StandardCharsets.US_ASCII)));
    }

    private static String base64(Der bytes) {
        return Base64.getEncoder().encodeToString(bytes.bytes());
    }

    private List<Refusal> contents() throws IOException {
        var keys = Keys.generateP256();
        var pem = Pem.encodeCertificationRequest(CertificationRequests.create(keys, "SN-1", "Operator"));
        return List.of(
                new Refusal(
                        "another media type",
                        device,
                        Requests.post(Requests.SIMPLEENROLL, Requests.csr("SN-1"))
                                .replace("pkcs10", "json")),
                new Refusal(
                        "a large body",
                        device,
                        Requests.post(Requests.SIMPLEENROLL, "A".repeat(SubmittedRequest.MAXIMUM_BYTES + 1))),
                content("an empty body", ""),
                content("PEM", pem),
                content("other bytes than base64", "MII*"),
                content("what is no PKCS#10 request", "MAMCAQU="),
                content(
                        "a subject without exactly one CN",
                        base64(CertificationRequests.renew(keys, device.certificate()))),
                content("a CN that is no device id", Requests.csr("10.0.0.1")),
                content("a challengePassword", CsrAttributes.csr("SN-1", "1.2.840.113549.1.9.7", "once-only")),
                content("an unknown attribute", CsrAttributes.csr("SN-1", "1.2.840.113549.1.9.2", "station")));
    }

    private Refusal content(String what, String body) {
        return new Refusal(what, device, Requests.post(Requests.SIMPLEENROLL, body));
    }

    private static String cell(String text) {
        return text.strip()
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("|", "\\|")
                .replace("\n", " ");
    }
}
