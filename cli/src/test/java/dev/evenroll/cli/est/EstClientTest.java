package dev.evenroll.cli.est;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenroll.cli.est.EnrollmentAnswer.Issued;
import dev.evenroll.cli.est.EnrollmentAnswer.Later;
import dev.evenroll.cli.est.EnrollmentAnswer.Refused;
import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.tls.ClientIdentity;
import dev.evenroll.cli.tls.TestTls;
import dev.evenroll.cli.tls.UntrustedServerException;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.authority.CertificationRequests;
import dev.evenroll.pki.authority.Keys;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class EstClientTest {

    private static final TestTls TLS = new TestTls();
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final KeyPair KEY = Keys.generateP256();
    private static final Der REQUEST = CertificationRequests.create(KEY, "D1");
    private static final KeyPair IDEVID_KEY = Keys.generateP256();
    private static final ClientIdentity IDEVID = new ClientIdentity(
            IDEVID_KEY.getPrivate(), List.of(TLS.authority().issueIdevid("simulated", "D1", IDEVID_KEY.getPublic())));

    private static EstClient client(StubEstServer server) {
        return client(server.address());
    }

    private static EstClient client(URI address) {
        return new EstClient(EstServer.of(address, TLS.anchors()), Optional.of(IDEVID), () -> NOW);
    }

    /// Where nobody listens any more: no thread is left that accepts, as may be at a stub that has just been closed.
    private static URI abandonedAddress() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return URI.create("https://localhost:" + socket.getLocalPort());
        }
    }

    private static EnrollmentAnswer enroll(String answer) throws Exception {
        try (var server = new StubEstServer(TLS, _ -> answer)) {
            return client(server).simpleEnroll(REQUEST, KEY.getPublic());
        }
    }

    @Test
    void sendsTheRequestInTheProfileOfRfc8951AndProvesTheIdevid() throws Exception {
        var certificate = TLS.authority().issueClient("D1", KEY.getPublic());
        try (var server = new StubEstServer(TLS, _ -> Answers.certificates(List.of(certificate)))) {
            var answer = client(server).simpleEnroll(REQUEST, KEY.getPublic());
            assertThat(answer).isEqualTo(new Issued(certificate));
            var request = server.requests().getFirst();
            assertThat(request.head())
                    .isEqualTo("POST /.well-known/est/simpleenroll HTTP/1.1\r\n"
                            + "Host: localhost:" + server.address().getPort() + "\r\n"
                            + "Connection: close\r\n"
                            + "Accept: */*\r\n"
                            + "Content-Type: application/pkcs10\r\n"
                            + "Content-Transfer-Encoding: base64\r\n"
                            + "Content-Length: " + request.body().length() + "\r\n\r\n");
            assertThat(Base64.getMimeDecoder().decode(request.body())).isEqualTo(REQUEST.bytes());
            assertThat(request.client()).contains(IDEVID.certificate());
        }
    }

    @Test
    void renewsAtSimplereenroll() throws Exception {
        var certificate = TLS.authority().issueClient("D1", KEY.getPublic());
        try (var server = new StubEstServer(TLS, _ -> Answers.certificates(List.of(certificate)))) {
            client(server).simpleReenroll(REQUEST, KEY.getPublic());
            assertThat(server.requests().getFirst().head()).startsWith("POST /.well-known/est/simplereenroll HTTP/1.1");
        }
    }

    @Test
    void getsTheCaCertificatesWithoutAnIdentity() throws Exception {
        try (var server = new StubEstServer(TLS, _ -> Answers.certificates(TLS.anchors()))) {
            var nobody = new EstClient(EstServer.of(server.address(), TLS.anchors()), Optional.empty(), () -> NOW);
            assertThat(nobody.caCertificates()).isEqualTo(TLS.anchors());
            assertThat(server.requests().getFirst().head()).startsWith("GET /.well-known/est/cacerts HTTP/1.1\r\n");
            assertThat(server.requests().getFirst().client()).isEmpty();
        }
    }

    @Test
    void takesARefusalInTheWordsOfTheServer() throws Exception {
        assertThat(enroll(Answers.text(403, "D1 is not registered.\nThe key is weak — take P-256.\n")))
                .isEqualTo(new Refused(403, "D1 is not registered.\nThe key is weak — take P-256."));
    }

    @Test
    void takesNoCommandsForTheTerminalFromTheServer() throws Exception {
        assertThat(enroll(Answers.text(400, "a\u001b[31mb"))).isEqualTo(new Refused(400, "a\\u001b[31mb"));
    }

    static Stream<Arguments> laters() {
        return Stream.of(
                Arguments.of("7", Duration.ofSeconds(7)),
                Arguments.of("0", Duration.ZERO),
                Arguments.of("Sun, 22 Nov 2026 12:00:30 GMT", Duration.ofSeconds(30)),
                Arguments.of("Sun, 22 Nov 2026 11:00:00 GMT", Duration.ZERO),
                Arguments.of("soon", Duration.ofSeconds(1)));
    }

    @ParameterizedTest
    @MethodSource("laters")
    void comesBackWhenAskedTo(String retryAfter, Duration wait) throws Exception {
        assertThat(enroll(Answers.later(retryAfter))).isEqualTo(new Later(wait));
    }

    static Stream<Arguments> faults() {
        var head = "HTTP/1.1 200 OK\r\nContent-Type: application/pkcs7-mime; smime-type=certs-only\r\n";
        return Stream.of(
                Arguments.of(
                        Answers.answer(200, "application/pkcs7-mime", "MIIB"),
                        "the server sent the media type \"application/pkcs7-mime\"; chargers take exactly"),
                Arguments.of(
                        Answers.answer(200, "application/pkcs7-mime; smime-type=certs-only", "?!"),
                        "the server sent a body that is not base64"),
                Arguments.of(
                        Answers.certificates(Der.of(new byte[] {0x30, 3, 2, 1, 5})),
                        "the server sent a body that is no PKCS #7 with certificates"),
                Arguments.of(
                        Answers.certificates(TLS.anchors()),
                        "the server sent no certificate of the key that was asked for"),
                Arguments.of(
                        head + "Content-Length: 262145\r\n\r\n",
                        "the server announced a body of 262145 bytes; at most 262144 are read"),
                Arguments.of(
                        head + "Content-Length: 99\r\n\r\nabc", "the server ended after 3 of 99 bytes of its answer"),
                Arguments.of(head + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "sent Transfer-Encoding: chunked"),
                Arguments.of(head + "\r\n", "the server sent no usable Content-Length"),
                Arguments.of(
                        head + "X: " + "x".repeat(1024) + "\r\n\r\n",
                        "the server sent header lines of more than 1024 bytes, which chargers do not read"),
                Arguments.of("SSH-2.0-OpenSSH\r\n", "the server did not answer in HTTP/1.1"),
                Arguments.of(head, "the server ended within the header lines"),
                Arguments.of(StubEstServer.SILENCE, "the server closed the connection without an answer"),
                Arguments.of(
                        "HTTP/1.1 302 Found\r\nLocation: https://elsewhere\r\nContent-Length: 0\r\n\r\n",
                        "The server answered the enrollment with 302 and no explanation."),
                Arguments.of(
                        Answers.text(500, "Nothing works."),
                        "The server answered the enrollment with 500: Nothing works."));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void takesNothingElse(String answer, String message) {
        assertThatThrownBy(() -> enroll(answer))
                .isInstanceOf(FaultException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @MethodSource("busy")
    void knowsWhenABusyServerWantsToBeAskedAgain(int status) {
        var answer = "HTTP/1.1 " + status + " Busy\r\nRetry-After: 4\r\nContent-Length: 0\r\n\r\n";
        assertThatThrownBy(() -> enroll(answer))
                .isInstanceOfSatisfying(
                        FaultException.class,
                        fault -> assertThat(fault.retryAfter()).contains(Duration.ofSeconds(4)));
    }

    static Stream<Integer> busy() {
        return Stream.of(408, 429, 503);
    }

    @Test
    void aServerThatIsNotThereIsAFault() throws Exception {
        var address = abandonedAddress();
        assertThatThrownBy(() -> client(address).simpleEnroll(REQUEST, KEY.getPublic()))
                .isInstanceOf(FaultException.class)
                .hasMessage("simpleenroll at " + address + " failed: Connection refused.");
    }

    @Test
    void aServerOfAnotherCaIsNotTrustedAndNotAskedAgain() throws Exception {
        try (var server = new StubEstServer(new TestTls(), _ -> "")) {
            assertThatThrownBy(() -> client(server).simpleEnroll(REQUEST, KEY.getPublic()))
                    .isInstanceOf(UntrustedServerException.class)
                    .hasMessageStartingWith("The EST server at " + server.address() + " is not trusted: ");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void aServerOfAnotherNameIsNotTrusted() throws Exception {
        try (var server = new StubEstServer(TLS.serverNamed("elsewhere", List.of()), _ -> "")) {
            assertThatThrownBy(() -> client(server).simpleEnroll(REQUEST, KEY.getPublic()))
                    .isInstanceOf(UntrustedServerException.class)
                    .hasMessageContaining("localhost");
        }
    }

    @Test
    void anRsaKeyProvesAnIdentityToo() throws Exception {
        var rsa = Keys.generateRsa(2048);
        var identity = new ClientIdentity(
                rsa.getPrivate(), List.of(TLS.authority().issueIdevid("simulated", "D2", rsa.getPublic())));
        try (var server = new StubEstServer(TLS, _ -> Answers.text(403, "no"))) {
            new EstClient(EstServer.of(server.address(), TLS.anchors()), Optional.of(identity), () -> NOW)
                    .simpleEnroll(REQUEST, KEY.getPublic());
            assertThat(server.requests().getFirst().client()).contains(identity.certificate());
        }
    }
}
