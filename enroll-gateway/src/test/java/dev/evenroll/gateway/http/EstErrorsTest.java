package dev.evenroll.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.gateway.CsrAttributes;
import dev.evenroll.gateway.enrollment.Answer;
import dev.evenroll.gateway.observation.Observation.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// Every error is one answer in words and at most one observation, and nothing reaches the pipeline.
class EstErrorsTest extends EstExchange {

    @Test
    void anUnknownLabelIs404() throws Exception {
        var answer = exchange(device, Requests.post("/.well-known/est/factory/simpleenroll", Requests.csr("SN-1")));

        assertError(answer, 404, "The label \"factory\" is unknown; use /.well-known/est/ followed by cacerts,");
        assertObserved();
    }

    @Test
    void aWrongMethodIs405AndTellsTheRightOne() throws Exception {
        var answer = exchange(device, Requests.get(Requests.SIMPLEENROLL));

        assertError(answer, 405, "simpleenroll takes only the method POST.");
        assertThat(answer.header()).contains("\r\nAllow: POST\r\n");
        assertError(
                exchange(null, Requests.post(Requests.CACERTS, "x")), 405, "cacerts takes only the method GET, HEAD.");
    }

    @Test
    void aWrongMediaTypeIs415() throws Exception {
        var request = Requests.post(Requests.SIMPLEENROLL, Requests.csr("SN-1"))
                .replace("application/pkcs10", "application/json");

        assertError(exchange(device, request), 415, "The media type of the request is not application/pkcs10; send");
        assertObserved(Kind.REQUEST_MALFORMED);
    }

    @Test
    void anAnnouncedBodyThatIsTooLargeIs413BeforeItIsSent() throws Exception {
        var answer = exchange(
                device,
                Requests.header(
                        "POST /.well-known/est/simpleenroll HTTP/1.1",
                        "Host: localhost",
                        "Content-Type: application/pkcs10",
                        "Content-Length: 24577"));

        assertError(answer, 413, "The request body is larger than 24576 bytes; send one PKCS#10 request");
        assertThat(answer.header()).contains("\r\nConnection: close\r\n");
        assertObserved(Kind.REQUEST_MALFORMED);
    }

    @Test
    void aChunkedBodyThatBecomesTooLargeIs413() throws Exception {
        var chunk = "2000\r\n" + "A".repeat(0x2000) + "\r\n";

        var answer = exchange(
                device,
                "POST /.well-known/est/simpleenroll HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/pkcs10\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n" + chunk + chunk + chunk + "1\r\nA\r\n");

        assertError(answer, 413, "The request body is larger than 24576 bytes;");
        assertObserved(Kind.REQUEST_MALFORMED);
    }

    @Test
    void anOversizedBodyThatIsSentAnywayIsAnsweredAndNotReadToItsEnd() throws Exception {
        try (var client = gateway.client(device)) {
            client.send("POST /.well-known/est/simpleenroll HTTP/1.1\r\nHost: localhost\r\n"
                    + "Content-Type: application/pkcs10\r\nContent-Length: 100000000\r\n\r\n"
                    + "A".repeat(32 * 1024));

            assertThat(client.receive().status()).isEqualTo(413);
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void aMalformedRequestIs400WithTheReason() throws Exception {
        var answer = exchange(device, Requests.post(Requests.SIMPLEENROLL, "MIIB!"));

        assertError(answer, 400, "request body: is not base64; send the PKCS#10 request (DER) in base64");
        assertObserved(Kind.REQUEST_MALFORMED);
        assertError(exchange(device, Requests.post(Requests.SIMPLEENROLL, "")), 400, "request body: is empty;");
        assertError(exchange(device, Requests.post(Requests.SIMPLEENROLL, "MAMCAQU=")), 400, "certification request: ");
    }

    @Test
    void whatIsNoHttpIs400() throws Exception {
        assertError(exchange(null, "HELLO\r\n\r\n"), 400, "The request is not HTTP/1.1 (RFC 9112); check the client.");
        assertError(
                exchange(null, Requests.get("/" + "x".repeat(1100))),
                414,
                "The request line is longer than 1024 bytes;");
        assertError(
                exchange(null, Requests.get("/", "X: " + "x".repeat(9000))),
                431,
                "The header is larger than 8192 bytes;");
        assertObserved();
    }

    @Test
    void whereTheConnectionEndsTheAnswerSaysSo() throws Exception {
        for (var request : List.of(
                "HELLO\r\n\r\n", Requests.get("/" + "x".repeat(1100)), Requests.get("/", "X: " + "x".repeat(9000)))) {
            try (var client = gateway.anonymous()) {
                assertThat(client.send(request).receive().header()).contains("\r\nConnection: close\r\n");
                assertThat(client.isClosedByServer()).isTrue();
            }
        }
    }

    @Test
    void http11WithoutExactlyOneHostIs400() throws Exception {
        for (var hosts : List.of("", "Host: localhost\r\nHost: elsewhere\r\n")) {
            assertError(
                    exchange(null, "GET /.well-known/est/cacerts HTTP/1.1\r\n" + hosts + "\r\n"),
                    400,
                    "The request has not exactly one Host field (RFC 9112 section 3.2); send one with");
        }
        assertObserved();
    }

    @Test
    void aChallengePasswordIs400AndGoesNowhere() throws Exception {
        var csr = CsrAttributes.csr("SN-1", "1.2.840.113549.1.9.7", "once-only");

        var answer = exchange(device, Requests.post(Requests.SIMPLEENROLL, csr));

        assertError(answer, 400, "certification request: carries a challengePassword, which would be readable on");
        assertObserved(Kind.REQUEST_MALFORMED);
        assertThat(gateway.pipeline.observations.toString())
                .doesNotContain("once-only")
                .doesNotContain(csr);
    }

    @Test
    void theReasonsOfARefusalAreOneLineEach() throws Exception {
        gateway.pipeline.behaviour = _ -> new Answer.Refused(List.of("weak-key: RSA 1024.", "subject: no device."));

        var answer = exchange(device, Requests.post(Requests.SIMPLEENROLL, Requests.csr("SN-1")));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).isEqualTo("weak-key: RSA 1024.\nsubject: no device.\n");
        assertThat(gateway.pipeline.observations).isEmpty();
    }

    @Test
    void anEnrollmentThatTakesTooLongIs202WithoutBody() throws Exception {
        var answer = exchange(device, Requests.post(Requests.SIMPLEENROLL, Requests.csr("SN-1")));

        assertThat(answer.header())
                .isEqualTo(Requests.header(
                        "HTTP/1.1 202 Accepted",
                        "Date: Mon, 02 Nov 2026 10:00:00 GMT",
                        "Retry-After: 5",
                        "Content-Length: 0"));
        assertThat(answer.body()).isEmpty();
        assertThat(gateway.pipeline.requests).hasSize(1);
    }

    @Test
    void aRequestThatCouldNotBeWrittenIs503() throws Exception {
        gateway.pipeline.written = CompletableFuture.failedFuture(new IOException("broker gone"));

        var answer = exchange(device, Requests.post(Requests.SIMPLEENROLL, Requests.csr("SN-1")));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header()).contains("\r\nRetry-After: 5\r\n");
        assertThat(answer.body())
                .isEqualTo(
                        "It is not known whether the enrollment pipeline has the request; send the same request again.\n");
        assertThat(gateway.pipeline.parked.waiting()).isZero();
    }

    @Test
    void withoutAReplyAddressItIs503() throws Exception {
        gateway.pipeline.replyPartition = OptionalInt.empty();

        assertError(
                exchange(device, Requests.post(Requests.SIMPLEENROLL, Requests.csr("SN-1"))),
                503,
                "This gateway has no reply address at the moment;");
    }

    @Test
    void oneMoreThanMayWaitIs503AtOnceAndTheOthersGoOn() throws Exception {
        var clients = new ArrayList<WireClient>();
        for (int i = 0; i < TestGateway.PARKED_LIMIT + 1; i++) {
            clients.add(gateway.client(device).connect());
        }
        for (var client : clients) {
            client.send(Requests.post(Requests.SIMPLEENROLL, Requests.csr("SN-1")));
        }
        var statuses = new ArrayList<Integer>();
        for (var client : clients) {
            statuses.add(client.receive().status());
            client.close();
        }

        assertThat(statuses).containsOnlyOnce(503).contains(202);
    }

    @Test
    void aBrokenInvariantIs500AndTheServerGoesOn() throws Exception {
        gateway.pipeline.behaviour = _ -> {
            throw new IllegalStateException("broken");
        };

        assertThat(exchange(device, Requests.post(Requests.SIMPLEENROLL, Requests.csr("SN-1")))
                        .status())
                .isEqualTo(500);
        assertThat(exchange(null, Requests.get(Requests.CACERTS)).status()).isEqualTo(200);
    }

    @Test
    void requestsAreCountedByOperationAndOutcome() throws Exception {
        exchange(null, Requests.post("/.well-known/est/simplereenroll", Requests.csr("SN-1")));

        assertThat(gateway.metrics
                        .get("evenroll.est.requests")
                        .tags("operation", "simplereenroll", "outcome", "unauthenticated")
                        .timer()
                        .count())
                .isPositive();
    }
}
