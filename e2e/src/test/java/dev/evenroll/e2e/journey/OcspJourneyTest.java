package dev.evenroll.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.evenroll.cli.stack.Service;
import dev.evenroll.e2e.stack.FurtherReplica;
import dev.evenroll.e2e.stack.RunningStack;
import dev.evenroll.e2e.stack.WithStack;
import dev.evenroll.e2e.tool.EvenrollCommand;
import dev.evenroll.e2e.tool.Tool;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.Pem;
import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.pki.issuance.IssuingCertificate;
import dev.evenroll.pki.ocsp.HashAlgorithm;
import dev.evenroll.pki.ocsp.OcspAnswer;
import dev.evenroll.pki.ocsp.OcspCertId;
import dev.evenroll.pki.ocsp.OcspError;
import dev.evenroll.pki.ocsp.OcspRequest;
import dev.evenroll.pki.ocsp.OcspStatus;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Who asks by OCSP whether a certificate is revoked: with openssl, with curl, and while replicas come and go.
@ExtendWith(WithStack.class)
class OcspJourneyTest {

    private static final Duration EFFECTIVE_WITHIN = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path directory = Path.of("");

    /// What openssl says of a certificate; that it accepts the answer is checked.
    private String openssl(RunningStack stack, String... further) throws Exception {
        var chain = stack.chain();
        Files.writeString(directory.resolve("issuer.pem"), Pem.encode(List.of(chain.getFirst())));
        Files.writeString(directory.resolve("anchors.pem"), Pem.encode(chain));
        var command = new ArrayList<>(List.of(
                "openssl",
                "ocsp",
                "-url",
                stack.connection().ocsp() + "/ocsp",
                "-CAfile",
                "anchors.pem",
                "-issuer",
                "issuer.pem"));
        command.addAll(List.of(further));
        var run = new Tool(directory).run(command.toArray(String[]::new)).ok();
        assertThat(run.errors() + run.output()).contains("Response verify OK").doesNotContain("WARNING");
        return run.output();
    }

    private X509Certificate enrolled(RunningStack stack) throws Exception {
        var certificate =
                stack.fleet().registered(RunningStack.newDeviceId()).enrolls().receivesCertificate();
        Files.writeString(directory.resolve("device.pem"), Pem.encode(List.of(certificate)));
        return certificate;
    }

    private void orders(RunningStack stack, String order, X509Certificate certificate, String... further)
            throws Exception {
        var command = new ArrayList<>(
                List.of("certificate", order, CertificateId.of(certificate).value(), "--yes"));
        command.addAll(List.of(further));
        new EvenrollCommand(directory, stack.data())
                .run(command.toArray(String[]::new))
                .ok();
    }

    private void opensslSays(RunningStack stack, Duration limit, String... expected) {
        await().atMost(limit)
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(
                        () -> assertThat(openssl(stack, "-cert", "device.pem")).contains(expected));
    }

    @Test
    void opensslAcceptsEveryAnswer(RunningStack stack) throws Exception {
        var certificate = enrolled(stack);
        opensslSays(stack, PATIENCE, "device.pem: good");
        assertThat(openssl(stack, "-sha256", "-no_nonce", "-cert", "device.pem", "-serial", "0x123456"))
                .contains("device.pem: good", "0x123456: unknown");

        orders(stack, "hold", certificate);
        opensslSays(stack, EFFECTIVE_WITHIN, "device.pem: revoked", "Reason: certificateHold");
        orders(stack, "release", certificate);
        opensslSays(stack, EFFECTIVE_WITHIN, "device.pem: good");
        orders(stack, "revoke", certificate, "--reason", "keyCompromise");
        opensslSays(stack, EFFECTIVE_WITHIN, "device.pem: revoked", "Reason: keyCompromise");
    }

    @Test
    void curlAsksWithGet(RunningStack stack) throws Exception {
        var certificate = enrolled(stack);
        opensslSays(stack, PATIENCE, "device.pem: good");
        var request = request(stack, certificate);
        Files.writeString(
                directory.resolve("url"),
                "url = \"" + stack.connection().ocsp() + "/ocsp/"
                        + URLEncoder.encode(
                                Base64.getEncoder().encodeToString(request.encode()), StandardCharsets.US_ASCII)
                        + "\"\n");
        var headers = new Tool(directory)
                .run("curl", "-sSf", "-D", "-", "-o", "answer.der", "-K", "url")
                .ok()
                .output();
        assertThat(headers)
                .contains("application/ocsp-response")
                .containsIgnoringCase("etag: ")
                .containsIgnoringCase("last-modified: ");
        var answer = OcspAnswer.read(Files.readAllBytes(directory.resolve("answer.der")));
        assertThat(answer)
                .isInstanceOfSatisfying(
                        OcspAnswer.Signed.class,
                        signed -> assertThat(signed.answers(request)).isTrue());
    }

    /// Half of the serial numbers are the other replica's. While it comes, and after it was killed, an answer may have
    /// to wait; no wrong one is given.
    @Test
    void everyReplicaAnswersForAllAndNoneLiesWhenOneIsKilled(RunningStack stack) throws Exception {
        var expected = new HashMap<OcspRequest, Class<? extends OcspStatus>>();
        for (int i = 0; i < 8; i++) {
            expected.put(request(stack, enrolled(stack)), OcspStatus.Good.class);
        }
        var certificate = enrolled(stack);
        opensslSays(stack, PATIENCE, "device.pem: good");
        orders(stack, "revoke", certificate, "--reason", "superseded");
        opensslSays(stack, EFFECTIVE_WITHIN, "device.pem: revoked");
        expected.put(request(stack, certificate), OcspStatus.Revoked.class);

        var first = stack.connection().ocsp();
        try (var client = HttpClient.newHttpClient();
                var second = FurtherReplica.start(stack, Service.REVOCATION_SERVICE, "1", Map.of())) {
            var clients = new Clients(client, issuer(stack), expected);
            var other = URI.create("http://127.0.0.1:" + second.port("evenroll.ocsp.port"));
            var asking = new AtomicBoolean(true);
            var load = CompletableFuture.runAsync(() -> {
                while (asking.get()) {
                    clients.nothingIsWrong(first);
                    clients.nothingIsWrong(other);
                }
            });
            clients.getEveryAnswer(first);
            clients.getEveryAnswer(other);

            second.kill();
            clients.getEveryAnswer(first);
            asking.set(false);
            load.get(1, TimeUnit.MINUTES);
        }
    }

    private static IssuingCertificate issuer(RunningStack stack) throws Exception {
        return IssuingCertificate.of(stack.chain());
    }

    private static OcspRequest request(RunningStack stack, X509Certificate certificate) throws Exception {
        var named = OcspCertId.of(HashAlgorithm.SHA256, issuer(stack), certificate.getSerialNumber());
        return new OcspRequest(List.of(named), Optional.empty());
    }

    /// Those who ask about some certificates.
    ///
    /// @param expected what they have to be told
    private record Clients(
            HttpClient http, IssuingCertificate issuer, Map<OcspRequest, Class<? extends OcspStatus>> expected) {

        /// Each is told the truth, or to try later.
        void nothingIsWrong(URI replica) {
            expected.forEach((request, status) ->
                    ask(replica, request).ifPresent(told -> assertThat(told).isInstanceOf(status)));
        }

        void getEveryAnswer(URI replica) {
            await("all answers of " + replica)
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(200))
                    .untilAsserted(() -> expected.forEach((request, status) ->
                            assertThat(ask(replica, request)).containsInstanceOf(status)));
        }

        /// Empty when there is no answer now.
        private Optional<OcspStatus> ask(URI replica, OcspRequest request) {
            try {
                var answer = OcspAnswer.read(http.send(
                                HttpRequest.newBuilder(replica.resolve("/ocsp"))
                                        .timeout(Duration.ofSeconds(10))
                                        .POST(BodyPublishers.ofByteArray(request.encode()))
                                        .build(),
                                BodyHandlers.ofByteArray())
                        .body());
                if (answer instanceof OcspAnswer.Signed signed) {
                    assertThat(signed.problems(issuer, InstantSource.system().instant()))
                            .isEmpty();
                    assertThat(signed.answers(request)).isTrue();
                    return Optional.of(signed.singles().getFirst().status());
                }
                assertThat(answer).isEqualTo(new OcspAnswer.Refused(OcspError.TRY_LATER));
                return Optional.empty();
            } catch (IOException killed) {
                return Optional.empty();
            } catch (InterruptedException | MalformedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
