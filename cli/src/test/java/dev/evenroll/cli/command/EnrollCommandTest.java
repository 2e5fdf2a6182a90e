package dev.evenroll.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.cli.ExitCode;
import dev.evenroll.cli.administration.StubAdministration.Answer;
import dev.evenroll.cli.est.Answers;
import dev.evenroll.cli.est.StubEstServer;
import dev.evenroll.cli.output.Json;
import dev.evenroll.cli.tls.TestTls;
import dev.evenroll.pki.BouncyCastle;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.request.CertificationRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EnrollCommandTest {

    private static final TestTls TLS = new TestTls();

    @TempDir
    private Path data = Path.of("");

    private Path directory() {
        return data.resolve("devices/CP-0001");
    }

    /// Issues what is asked for.
    private static String issuing(StubEstServer.Request request) {
        if (request.head().startsWith("GET")) {
            return Answers.certificates(TLS.anchors());
        }
        try {
            var decoded =
                    CertificationRequest.decode(Der.of(Base64.getMimeDecoder().decode(request.body())));
            var key = BouncyCastle.publicKey(SubjectPublicKeyInfo.getInstance(
                    decoded.subjectPublicKeyInfo().bytes()));
            return Answers.certificates(
                    List.of(TLS.authority().issueClient(decoded.commonName().orElseThrow(), key)));
        } catch (Exception e) {
            return Answers.text(400, e.toString());
        }
    }

    private CommandLineFixture stack(Function<StubEstServer.Request, String> est) throws Exception {
        return new CommandLineFixture(data, TLS, _ -> new Answer(500, ""), est);
    }

    @Test
    void enrollsWithAnIdevidOfTheSimulatedManufacturer() throws Exception {
        try (var stack = stack(EnrollCommandTest::issuing)) {
            var run = stack.run("enroll", "CP-0001");
            assertThat(run.err()).isEmpty();
            assertThat(run.exitCode()).isZero();
            assertThat(run.out().lines().toList())
                    .hasSize(3)
                    .satisfies(lines -> assertThat(lines.get(0)).startsWith("CP-0001 has certificate "))
                    .contains(
                            "Key, certificate and chain are in " + directory() + ".",
                            "Verify it: openssl verify -CAfile " + directory() + "/chain.pem " + directory()
                                    + "/certificate.pem");
            assertThat(stack.est().requests().getLast().client().orElseThrow().getSubjectX500Principal())
                    .hasToString("SERIALNUMBER=CP-0001, O=simulated");
        }
    }

    @Test
    void renewsWithThePresentCertificate() throws Exception {
        try (var stack = stack(EnrollCommandTest::issuing)) {
            stack.run("enroll", "CP-0001");
            var first = Files.readString(directory().resolve("certificate.pem"));
            var run = stack.run("enroll", "CP-0001", "--renew", "--output", "json");
            assertThat(run.err()).isEmpty();
            var json = Json.parse(run.out().getBytes(StandardCharsets.UTF_8));
            assertThat(json.path("deviceId").asText()).isEqualTo("CP-0001");
            assertThat(json.path("certificate").asText()).isEqualTo(directory() + "/certificate.pem");
            assertThat(Files.readString(directory().resolve("certificate.pem"))).isNotEqualTo(first);
            var request = stack.est().requests().getLast();
            assertThat(request.head()).startsWith("POST /.well-known/est/simplereenroll ");
            assertThat(request.client().orElseThrow().getSubjectX500Principal()).hasToString("CN=CP-0001");
        }
    }

    @Test
    void aSecondEnrollmentOverwritesNothing() throws Exception {
        try (var stack = stack(EnrollCommandTest::issuing)) {
            stack.run("enroll", "CP-0001");
            var key = Files.readString(directory().resolve("key.pem"));
            var run = stack.run("enroll", "CP-0001");
            assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(run.err()).contains("renew it with --renew");
            assertThat(directory().resolve("key.pem")).hasContent(key);
        }
    }

    @Test
    void aRefusalIsToldInTheWordsOfTheGateway() throws Exception {
        try (var stack = stack(request -> request.head().startsWith("GET")
                ? issuing(request)
                : Answers.text(403, "CP-0001 is not registered.\nIts manufacturer is unknown."))) {
            var run = stack.run("enroll", "CP-0001");
            assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(run.err()).isEqualTo("""
                            evenroll: CP-0001 was refused (403):
                              CP-0001 is not registered.
                              Its manufacturer is unknown.
                            Once that is mended, run the same command again. Key and request are kept in %s.
                            """.formatted(directory()));
        }
    }

    /// Sent again, a rejected request would be rejected again.
    @Test
    void anewGetsOutOfARejection() throws Exception {
        var asked = new AtomicInteger();
        try (var stack = stack(request -> {
            if (request.head().startsWith("GET") || asked.incrementAndGet() > 1) {
                return issuing(request);
            }
            return Answers.text(
                    403,
                    "approval-rejected: enrollment: was rejected by a person (wrong site); mend the cause and make"
                            + " a new request");
        })) {
            var run = stack.run("enroll", "CP-0001");
            assertThat(run.err())
                    .endsWith(
                            "\nSent again, this request is refused again. Once that is mended, run the same command with"
                                    + " --anew: it makes a new key and a new request, and puts these aside in "
                                    + directory()
                                    + "/previous.\n");
            assertThat(stack.run("enroll", "CP-0001", "--anew").exitCode()).isZero();
            assertThat(stack.est().requests().stream()
                            .filter(request -> request.head().startsWith("POST"))
                            .map(StubEstServer.Request::body)
                            .distinct())
                    .hasSize(2);
        }
    }

    @Test
    void aRejectedRenewalGoesOnWithANewKey() throws Exception {
        var rejected = new AtomicInteger();
        try (var stack = stack(request -> request.head().contains("simplereenroll") && rejected.getAndIncrement() == 0
                ? Answers.text(403, "key-claim: key: belongs to another device")
                : issuing(request))) {
            stack.run("enroll", "CP-0001");
            var first = Files.readString(directory().resolve("certificate.pem"));
            assertThat(stack.run("enroll", "CP-0001", "--renew").err()).contains("run the same command with --anew");
            assertThat(directory().resolve("certificate.pem")).hasContent(first);
            assertThat(stack.run("enroll", "CP-0001", "--renew", "--anew").exitCode())
                    .isZero();
            assertThat(Files.readString(directory().resolve("certificate.pem"))).isNotEqualTo(first);
        }
    }

    /// However often it has to ask, it asks for one enrollment.
    @Test
    void repeatsTheSameRequestUntilThereIsADecision() throws Exception {
        var asked = new AtomicInteger();
        try (var stack = stack(request -> {
            if (request.head().startsWith("GET")) {
                return issuing(request);
            }
            return switch (asked.incrementAndGet()) {
                case 1 -> StubEstServer.SILENCE;
                case 2 -> Answers.later("0");
                case 3 -> Answers.text(503, "Not ready.");
                default -> issuing(request);
            };
        })) {
            assertThat(stack.run("enroll", "CP-0001").exitCode()).isZero();
            assertThat(stack.est().requests().stream()
                            .filter(request -> request.head().startsWith("POST"))
                            .map(StubEstServer.Request::body)
                            .distinct())
                    .hasSize(1);
            assertThat(asked).hasValue(4);
        }
    }

    @Test
    void aCertificateOfAnotherCaIsNotKept() throws Exception {
        var other = new TestTls();
        try (var stack = stack(request ->
                request.head().startsWith("GET") ? Answers.certificates(other.anchors()) : issuing(request))) {
            var run = stack.run("enroll", "CP-0001");
            assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(run.err()).startsWith("evenroll: The certificate that was issued is not kept: ");
            assertThat(directory().resolve("certificate.pem")).doesNotExist();
        }
    }

    @Test
    void aStackThatIsDownIsToldAtOnce() throws Exception {
        var stack = stack(EnrollCommandTest::issuing);
        stack.close();
        var run = stack.run("enroll", "CP-0001");
        assertThat(run.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(run.err()).startsWith("evenroll: cacerts at " + stack.est().address());
    }

    @Test
    void halfAnIdevidIsAWrongCommandLine() throws Exception {
        try (var stack = stack(EnrollCommandTest::issuing)) {
            var run = stack.run("enroll", "CP-0001", "--idevid-key", "key.pem");
            assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(run.err()).startsWith("--idevid-certificate and --idevid-key belong together");
        }
    }
}
