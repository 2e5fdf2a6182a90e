package dev.evenroll.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.cli.ExitCode;
import dev.evenroll.cli.administration.StubAdministration.Answer;
import dev.evenroll.cli.administration.StubAdministration.Request;
import dev.evenroll.cli.tls.TestTls;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.Pem;
import dev.evenroll.pki.authority.CertificationRequests;
import dev.evenroll.pki.authority.Keys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeyCommandTest {

    private static final TestTls TLS = new TestTls();
    private static final String SHA256 = "0123456789abcdef".repeat(4);

    @TempDir
    private Path data = Path.of("");

    private static Answer register(Request request) {
        boolean blocked = request.line().startsWith("PUT");
        return new Answer(200, """
                {"keySha256":"%s","deviceId":"CP-1","claimedAt":"2026-11-22T12:00:00Z","certificateIds":["k-1","k-2"],
                 "block":%s}""".formatted(
                        SHA256,
                        blocked
                                ? "{\"actor\":\"alice\",\"reason\":\"leaked\",\"blockedAt\":\"2026-11-22T13:00:00Z\"}"
                                : "null"));
    }

    @Test
    void showsWhoseAKeyIs() throws Exception {
        try (var stack = new CommandLineFixture(data, TLS, KeyCommandTest::register)) {
            var colons = SHA256.toUpperCase(Locale.ROOT).replaceAll("(..)(?!$)", "$1:");
            assertThat(stack.run("key", "show", colons).out()).isEqualTo("""
                            keySha256       %s
                            deviceId        CP-1
                            claimedAt       2026-11-22T12:00:00Z
                            certificateIds  k-1, k-2
                            """.formatted(SHA256));
            assertThat(stack.administration().requests().getFirst().line()).isEqualTo("GET /keys/" + SHA256);
        }
    }

    @Test
    void takesAKeyFromACertificateAPublicKeyOrARequest() throws Exception {
        var keys = Keys.generateP256();
        var spki = Der.of(keys.getPublic().getEncoded());
        var certificate = Files.writeString(
                data.resolve("c.pem"), Pem.encode(TLS.authority().issueClient("CP-1", keys.getPublic())));
        var request = Files.writeString(
                data.resolve("r.pem"), Pem.encodeCertificationRequest(CertificationRequests.create(keys, "CP-1")));
        var publicKey = Files.writeString(
                data.resolve("p.pem"),
                "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(spki.bytes())
                        + "\n-----END PUBLIC KEY-----\n");
        try (var stack = new CommandLineFixture(data, TLS, KeyCommandTest::register)) {
            stack.run("key", "show", "--certificate", certificate.toString());
            stack.run("key", "show", "--key", request.toString());
            stack.run("key", "show", "--key", publicKey.toString());
            assertThat(stack.administration().requests())
                    .extracting(Request::line)
                    .containsOnly("GET /keys/" + spki.sha256Hex())
                    .hasSize(3);
            var run = stack.run("key", "show", "--certificate", publicKey.toString());
            assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(run.err()).startsWith("evenroll: " + publicKey + " can not be used: ");
            assertThat(stack.run("key", "show").err()).startsWith("Give one of SHA256");
            assertThat(stack.run("key", "show", "abc").err()).startsWith("SHA256 must be 64 hexadecimal digits");
        }
    }

    @Test
    void blocksAfterAskingAndListsTheCertificates() throws Exception {
        try (var stack = new CommandLineFixture(data, TLS, KeyCommandTest::register)) {
            assertThat(stack.run("key", "block", SHA256, "--reason", "leaked").exitCode())
                    .isEqualTo(ExitCode.FAILED);
            var run = stack.answering("y\n", "key", "block", SHA256, "--reason", "leaked");
            assertThat(run.err()).isEqualTo("""
                            Key %s of device CP-1 gets no certificate any more. This can not be undone.
                            2 certificates carry it; they stay valid until they are revoked.
                            Block it? [y/N]\s""".formatted(SHA256));
            assertThat(run.out()).isEqualTo("""
                            Key %s is blocked (alice: leaked).
                            Certificates that carry it; revoke them with `evenroll certificate revoke ID --reason keyCompromise`:
                              k-1
                              k-2
                            """.formatted(SHA256));
            var order = stack.administration().requests().getLast();
            assertThat(order.line()).isEqualTo("PUT /keys/" + SHA256 + "/block");
            assertThat(order.body()).isEqualTo("{\"reason\":\"leaked\"}");
        }
    }

    @Test
    void aKeyThatNobodyHasYetIsBlockedTheSameWay() throws Exception {
        try (var stack = new CommandLineFixture(
                data,
                TLS,
                request -> request.line().startsWith("GET")
                        ? new Answer(404, "{\"detail\":\"unknown\"}")
                        : register(request))) {
            var run = stack.answering("y\n", "key", "block", SHA256, "--reason", "leaked");
            assertThat(run.exitCode()).isZero();
            assertThat(run.err()).contains("of no device yet gets no certificate", "0 certificates carry it");
        }
    }
}
