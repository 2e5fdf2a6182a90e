package dev.evenroll.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenroll.gateway.TestTrust;
import dev.evenroll.gateway.enrollment.Answer;
import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.cms.CertsOnly;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The bytes on the wire: the profile that all clients in the field take.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EstWireTest {

    private final TestGateway gateway = new TestGateway(Duration.ofSeconds(10), Duration.ofSeconds(10));
    private final TestTrust.Identity device = gateway.trust.idevid("SN-1");
    private final Der certificate =
            Certificates.der(gateway.trust.own("SN-1", Duration.ofDays(30)).certificate());

    @BeforeAll
    void theServerPaysForTheFirstHandshake() {
        gateway.server.warmUp();
    }

    @BeforeEach
    void thePipelineIssues() {
        gateway.pipeline.behaviour = _ -> new Answer.Issued(certificate);
        gateway.pipeline.requests.clear();
        gateway.pipeline.observations.clear();
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void cacertsAreExactlyTheseBytes(String protocol) throws Exception {
        try (var client = new WireClient(gateway, null, protocol)) {
            var answer = client.send(Requests.get(Requests.CACERTS)).receive();

            assertThat(client.socket().getSession().getProtocol()).isEqualTo(protocol);
            assertThat(answer.header())
                    .isEqualTo("HTTP/1.1 200 OK\r\n"
                            + "Date: Mon, 02 Nov 2026 10:00:00 GMT\r\n"
                            + "Content-Type: application/pkcs7-mime; smime-type=certs-only\r\n"
                            + "Content-Transfer-Encoding: base64\r\n"
                            + "Content-Length: " + answer.body().length() + "\r\n\r\n");
            assertThat(answer.body().lines()).allMatch(line -> line.length() <= 64);
            assertThat(answer.body()).endsWith("\n");
            assertThat(certificates(answer))
                    .containsExactlyInAnyOrderElementsOf(gateway.trust.issuing.chain().stream()
                            .map(Certificates::der)
                            .toList());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void headerAndBodyComeInOneTlsRecord(String protocol) throws Exception {
        try (var client = new WireClient(gateway, device, protocol)) {
            // The first exchange takes in the session tickets of TLS 1.3, which are records of the same kind.
            client.send(Requests.get(Requests.CACERTS)).receive();

            var answer = client.send(Requests.post(Requests.SIMPLEENROLL, Requests.csr("SN-1")))
                    .receive();

            assertThat(answer.status()).isEqualTo(200);
            assertThat(client.applicationDataRecords())
                    .singleElement()
                    .satisfies(length -> assertThat(length)
                            .isGreaterThan(
                                    answer.header().length() + answer.body().length()));
        }
    }

    @Test
    void anEnrollmentIsAnsweredWithTheCertificateAlone() throws Exception {
        try (var client = gateway.client(device)) {
            var answer = client.send(Requests.post(Requests.SIMPLEENROLL, Requests.csr("SN-1")))
                    .receive();

            assertThat(answer.header())
                    .isEqualTo("HTTP/1.1 200 OK\r\n"
                            + "Date: Mon, 02 Nov 2026 10:00:00 GMT\r\n"
                            + "Content-Type: application/pkcs7-mime; smime-type=certs-only\r\n"
                            + "Content-Transfer-Encoding: base64\r\n"
                            + "Content-Length: " + answer.body().length() + "\r\n\r\n");
            assertThat(certificates(answer)).containsExactly(certificate);
            assertThat(gateway.pipeline.requests).singleElement().satisfies(request -> {
                assertThat(request.device().value()).isEqualTo("SN-1");
                assertThat(request.remoteAddress()).isEqualTo("127.0.0.1");
                assertThat(request.requester().chain().getFirst()).isEqualTo(Certificates.der(device.certificate()));
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/.well-known/est/unwrapped/simpleenroll", "/unwrapped/.well-known/est/simpleenroll"})
    void withTheLabelUnwrappedBase64StandsOnOneLine(String path) throws Exception {
        try (var client = gateway.client(device)) {
            var answer = client.send(Requests.post(path, Requests.csr("SN-1"))).receive();

            assertThat(answer.body()).doesNotContain("\n");
            assertThat(certificates(answer)).containsExactly(certificate);
        }
    }

    @Test
    void aConnectionServesOneRequestAfterTheOther() throws Exception {
        try (var client = gateway.client(device)) {
            for (int i = 0; i < 3; i++) {
                assertThat(client.send(Requests.post(Requests.SIMPLEENROLL, Requests.csr("SN-1")))
                                .receive()
                                .status())
                        .isEqualTo(200);
            }
        }
        assertThat(gateway.pipeline.requests).hasSize(3);
    }

    @Test
    void aConnectionIsClosedInOrderWhenTheClientSaysSo() throws Exception {
        try (var client = gateway.client(device)) {
            var answer = client.send(Requests.post(Requests.SIMPLEENROLL, Requests.csr("SN-1"), "Connection: close"))
                    .receive();

            assertThat(answer.header()).endsWith("\r\nConnection: close\r\n\r\n");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void http10IsAnsweredAndClosed() throws Exception {
        try (var client = gateway.anonymous()) {
            var answer =
                    client.send("GET /.well-known/est/cacerts HTTP/1.0\r\n\r\n").receive();

            assertThat(answer.header()).startsWith("HTTP/1.0 200 OK\r\n").contains("Content-Length: ");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    /// libest sends two bytes beyond its Content-Length, and `Connection: close`.
    @ParameterizedTest
    @ValueSource(strings = {"Connection: close", "Connection: keep-alive"})
    void theTwoStrayBytesOfLibestAreTolerated(String connection) throws Exception {
        try (var client = gateway.client(device)) {
            var request = Requests.post(Requests.SIMPLEENROLL, Requests.csr("SN-1"), connection) + "\r\n";

            assertThat(client.send(request).receive().status()).isEqualTo(200);
            if (connection.endsWith("close")) {
                assertThat(client.isClosedByServer()).isTrue();
            } else {
                assertThat(client.send(request).receive().status()).isEqualTo(200);
            }
        }
    }

    @Test
    void aBodyMayComeBrokenIntoLinesInChunksAndInDrops() throws Exception {
        var lines = Base64.getMimeEncoder().encodeToString(Base64.getDecoder().decode(Requests.csr("SN-1")));
        try (var client = gateway.client(device)) {
            client.send(Requests.header(
                    "POST /.well-known/est/simpleenroll HTTP/1.1",
                    "host: localhost",
                    "content-type: application/pkcs10; charset=us-ascii",
                    "transfer-encoding: chunked"));
            for (String line : lines.lines().toList()) {
                client.send(Integer.toHexString(line.length() + 1) + "\r\n" + line + "\n\r\n");
            }

            assertThat(client.send("0\r\n\r\n").receive().status()).isEqualTo(200);
        }
    }

    @Test
    void aClientThatAsksFirstIsToldToGoOn() throws Exception {
        var body = Requests.csr("SN-1");
        var request = Requests.post(Requests.SIMPLEENROLL, body, "Expect: 100-continue");
        try (var client = gateway.client(device)) {
            client.send(request.substring(0, request.length() - body.length()));

            assertThat(client.receive().header()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            assertThat(client.send(body).receive().status()).isEqualTo(200);
        }
    }

    @Test
    void headOfCacertsHasTheLengthAndNoBody() throws Exception {
        try (var client = gateway.anonymous()) {
            client.send("HEAD /.well-known/est/cacerts HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

            var all = new String(client.socket().getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

            assertThat(all)
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .contains("Content-Length: ")
                    .endsWith("\r\n\r\n");
        }
    }

    @Test
    void httpTwoIsNotNegotiated() throws Exception {
        try (var client = gateway.anonymous()) {
            var parameters = client.socket().getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
            client.socket().setSSLParameters(parameters);

            assertThat(client.send(Requests.get(Requests.CACERTS)).receive().status())
                    .isEqualTo(200);
            assertThat(client.socket().getApplicationProtocol()).isNotEqualTo("h2");
        }
    }

    @Test
    void aCipherSuiteWithoutAuthenticatedEncryptionIsRefused() throws Exception {
        try (var client = new WireClient(gateway, null, "TLSv1.2")) {
            client.socket().setEnabledCipherSuites(new String[] {"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256"});

            assertThatThrownBy(() -> client.socket().startHandshake()).isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aCertificateWithoutItsKeyDoesNotPassTheHandshake(String protocol) throws Exception {
        var stolen = new TestTrust.Identity(gateway.trust.idevid("SN-2").keys(), device.chain());
        try (var client = new WireClient(gateway, stolen, protocol)) {
            assertThatThrownBy(() -> client.send(Requests.post(Requests.SIMPLEENROLL, Requests.csr("SN-1")))
                            .receive())
                    .isInstanceOf(IOException.class);
        }
        assertThat(gateway.pipeline.requests).isEmpty();
    }

    private static List<Der> certificates(WireClient.Answer answer) throws Exception {
        return CertsOnly.decode(Der.of(Base64.getMimeDecoder().decode(answer.body())));
    }
}
