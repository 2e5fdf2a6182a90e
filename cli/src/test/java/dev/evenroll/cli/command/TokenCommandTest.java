package dev.evenroll.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.cli.ExitCode;
import dev.evenroll.cli.administration.StubAdministration.Answer;
import dev.evenroll.cli.est.Answers;
import dev.evenroll.cli.est.StubEstServer;
import dev.evenroll.cli.output.Json;
import dev.evenroll.cli.qr.EnrollmentLink;
import dev.evenroll.cli.qr.QrPicture;
import dev.evenroll.cli.tls.TestTls;
import dev.evenroll.pki.BouncyCastle;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.Pem;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.pki.identity.OneTimeToken;
import dev.evenroll.pki.request.CertificationRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tokens from their making to the enrollment that they are for.
final class TokenCommandTest {

    private static final TestTls TLS = new TestTls();
    private static final String TOKEN = "0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV-WXYZ";
    private static final Answer CREATED = new Answer(
            201, "{\"deviceId\":\"CP-1\",\"token\":\"" + TOKEN + "\",\"expiresAt\":\"2026-11-23T12:00:00Z\"}");

    @TempDir
    private Path data = Path.of("");

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

    private CommandLineFixture stack() throws Exception {
        return new CommandLineFixture(data, TLS, _ -> CREATED, TokenCommandTest::issuing);
    }

    private static String authorization(StubEstServer.Request request) {
        return request.head()
                .lines()
                .filter(line -> line.startsWith("Authorization: Basic "))
                .map(line -> new String(Base64.getDecoder().decode(line.substring(21)), StandardCharsets.US_ASCII))
                .findFirst()
                .orElse("none");
    }

    @Test
    void showsTheTokenAndItsCodeOnce() throws Exception {
        try (var stack = stack()) {
            var run = stack.run("token", "create", "CP-1", "--valid-for", "90m");
            assertThat(run.exitCode()).isZero();
            assertThat(run.out())
                    .startsWith("One-time token of CP-1, valid until 2026-11-23T12:00:00Z:\n\n  " + TOKEN + "\n\n████")
                    .doesNotContain("\u001b")
                    .endsWith("It is not shown again. It enrolls CP-1 once: evenroll enroll CP-1 --token-stdin\n");
            var request = stack.administration().requests().getFirst();
            assertThat(request.line()).isEqualTo("POST /devices/CP-1/token");
            assertThat(request.body()).isEqualTo("{\"validFor\":\"PT1H30M\"}");
            assertThat(stack.answering("", "token", "create", "CP-1").out()).contains("\u001b[40;97m████");
        }
    }

    @Test
    void thePictureIsForTheOwnerOnlyAndHoldsTheLink() throws Exception {
        try (var stack = stack()) {
            var png = data.resolve("token.png");
            var run = stack.run("token", "create", "CP-1", "--png", png.toString(), "--output", "json");
            var uri = Json.parse(run.out().getBytes(StandardCharsets.UTF_8))
                    .path("uri")
                    .asText();
            var link = EnrollmentLink.read(uri).orElseThrow();
            assertThat(link.server()).isEqualTo(stack.est().address());
            assertThat(link.token().text()).isEqualTo(TOKEN);
            assertThat(QrPicture.read(png)).contains(uri);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(png)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void aDeviceThatMayNotEnrollByATokenIsToldWithTheCommandThatAllowsIt() throws Exception {
        var refused = "The command for CP-1 was refused: enrollmentModels: field is not among them; allow it before you"
                + " create a token.";
        try (var stack =
                new CommandLineFixture(data, TLS, _ -> new Answer(409, Json.line(Map.of("detail", refused))))) {
            var run = stack.run("token", "create", "CP-1");
            assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(run.err())
                    .isEqualTo("evenroll: csr-validator answered 409: " + refused + "\nTo allow it: evenroll device"
                            + " update CP-1 --enrollment-model field, or with what it has besides: --enrollment-model"
                            + " factory,field.\n");
        }
    }

    @Test
    void whatIsNoTokenIsNotShown() throws Exception {
        try (var stack = new CommandLineFixture(
                data, TLS, _ -> new Answer(201, CREATED.json().replace("WXYZ", "U")))) {
            var run = stack.run("token", "create", "CP-1");
            assertThat(run.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
            assertThat(run.out()).isEmpty();
        }
    }

    @Test
    void enrollsByWhateverBringsTheToken() throws Exception {
        try (var stack = stack()) {
            var png = data.resolve("token.png");
            stack.run("token", "create", "CP-1", "--png", png.toString());
            var file = Files.writeString(data.resolve("token.txt"), TOKEN.toLowerCase(Locale.ROOT) + "\n");
            var link = new EnrollmentLink(
                            stack.est().address(),
                            new DeviceId("CP-1"),
                            OneTimeToken.read(TOKEN).orElseThrow())
                    .text();
            var runs = List.of(
                    stack.run("enroll", "CP-1", "--qr", png.toString()),
                    stack.run("enroll", "CP-1", "--anew", "--token-file", file.toString()),
                    stack.reading(TOKEN + "\n", "enroll", "CP-1", "--anew", "--token-stdin"),
                    stack.reading(link, "enroll", "CP-1", "--anew", "--token-stdin"));
            for (var run : runs) {
                assertThat(run.err()).isEmpty();
                assertThat(run.out()).startsWith("CP-1 has certificate ").doesNotContain(TOKEN);
            }
            var posts = stack.est().requests().stream()
                    .filter(request -> request.head().startsWith("POST /.well-known/est/simpleenroll "))
                    .toList();
            assertThat(posts).hasSize(4).allSatisfy(request -> {
                assertThat(authorization(request)).isEqualTo("CP-1:" + TOKEN);
                assertThat(request.client()).isEmpty();
            });
        }
    }

    @Test
    void aTokenOfAnotherDeviceIsNotSent() throws Exception {
        try (var stack = stack()) {
            var png = data.resolve("token.png");
            stack.run("token", "create", "CP-1", "--png", png.toString());
            var run = stack.run("enroll", "CP-2", "--qr", png.toString());
            assertThat(run.err())
                    .isEqualTo("evenroll: The link from " + png
                            + " is for the device CP-1, not for CP-2: nothing was sent.\n");
            assertThat(stack.reading("nonsense", "enroll", "CP-1", "--token-stdin")
                            .err())
                    .isEqualTo("evenroll: What was read from standard input is no one-time token: 32 letters and"
                            + " digits, hyphens do not matter.\n");
            assertThat(stack.reading("evenroll:enroll?x", "enroll", "CP-1", "--token-stdin")
                            .err())
                    .startsWith("evenroll: The link from standard input can not be used");
            assertThat(stack.est().requests()).isEmpty();
        }
    }

    @Test
    void onlyOneProofIsTaken() throws Exception {
        try (var stack = stack()) {
            assertThat(stack.run("enroll", "CP-1", "--token-stdin", "--renew").err())
                    .startsWith("--token-file, --token-stdin, --qr, --as-authority, --renew and --idevid-key are");
            assertThat(stack.run("enroll", "CP-1", "CP-2").err())
                    .startsWith("Several devices are enrolled at once by an authority only");
        }
    }

    @Test
    void anAuthorityEnrollsTheDevicesBehindIt() throws Exception {
        var key = Keys.generateP256();
        var directory = Files.createDirectories(data.resolve("lc"));
        Files.writeString(directory.resolve("key.pem"), Pem.encode(key.getPrivate()));
        Files.writeString(
                directory.resolve("certificate.pem"),
                Pem.encode(TLS.authority().issueRegistrationAuthority("lc-1", key.getPublic(), Duration.ofDays(1))));
        try (var stack = new CommandLineFixture(data, TLS, _ -> CREATED, request -> {
            var answer = issuing(request);
            return request.body().isEmpty()
                            || !answer.contains("HTTP")
                            || !nameOf(request).equals("CP-2")
                    ? answer
                    : Answers.text(403, "CP-2 stands at another site.");
        })) {
            var run = stack.run("enroll", "CP-1", "CP-2", "CP-3", "--as-authority", directory.toString());
            assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(run.out())
                    .contains("CP-1 has certificate", "CP-3 has certificate")
                    .doesNotContain("CP-2");
            assertThat(run.err())
                    .startsWith("CP-2 was refused (403):\n  CP-2 stands at another site.\n")
                    .endsWith("evenroll: 1 of 3 devices have no certificate; why is said above.\n");
            assertThat(stack.est().requests().getLast().client().orElseThrow().getSubjectX500Principal())
                    .hasToString("CN=lc-1");
        }
    }

    private static String nameOf(StubEstServer.Request request) {
        try {
            return CertificationRequest.decode(Der.of(Base64.getMimeDecoder().decode(request.body())))
                    .commonName()
                    .orElse("");
        } catch (MalformedException e) {
            return "";
        }
    }

    @Test
    void whatHasNoDecisionIsToldWithBothCauses() throws Exception {
        try (var stack = new CommandLineFixture(
                data,
                TLS,
                _ -> CREATED,
                request -> request.head().startsWith("GET") ? issuing(request) : Answers.later("30"))) {
            var run = stack.reading(TOKEN, "enroll", "CP-1", "--token-stdin", "--wait", "1");
            assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(run.err())
                    .isEqualTo("evenroll: There is no decision about CP-1 yet: it waits for a person (evenroll approval"
                            + " list), or csr-validator does not answer. Key and request are kept in "
                            + data.resolve("devices/CP-1")
                            + ": run the same command again to ask again, or give --wait more seconds.\n");
        }
    }
}
