package dev.evenroll.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.cli.ExitCode;
import dev.evenroll.cli.administration.StubAdministration.Answer;
import dev.evenroll.cli.login.FakeProvider;
import dev.evenroll.cli.login.TokenClaims;
import dev.evenroll.cli.output.Json;
import dev.evenroll.cli.tls.TestTls;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LoginCommandTest {

    private static final TestTls TLS = new TestTls();

    @TempDir
    private Path data = Path.of("");

    private CommandLineFixture stack() throws Exception {
        return new CommandLineFixture(data, TLS, _ -> new Answer(200, "{\"devices\":[],\"next\":null}"));
    }

    private static String bearer(CommandLineFixture stack) {
        stack.run("device", "list");
        return stack.administration().requests().getLast().authorization().substring("Bearer ".length());
    }

    @Test
    void actsWithTheRolesOfTheLoginUntilTheLogout() throws Exception {
        try (var stack = stack()) {
            assertThat(TokenClaims.of(bearer(stack)).roles()).containsExactly("auditor");
            var run = stack.run("login", "--role", "registrar", "--role", "APPROVER", "--as", "alice");
            assertThat(run.err()).isEmpty();
            assertThat(run.out()).matches("""
                            login      kept
                            actor      alice
                            roles      registrar, approver
                            issuer     evenroll-local
                            expiresAt  .*
                            renews     false
                            """);
            var file = data.resolve("login.json");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            var first = bearer(stack);
            assertThat(TokenClaims.of(first).actor()).contains("alice");
            assertThat(TokenClaims.of(first).roles()).containsExactly("registrar", "approver");
            assertThat(bearer(stack)).isEqualTo(first);
            assertThat(run.out()).doesNotContain(first);
            var whoami =
                    Json.parse(stack.run("whoami", "--output", "json").out().getBytes(StandardCharsets.UTF_8));
            assertThat(whoami.path("actor").asText()).isEqualTo("alice");
            assertThat(stack.run("logout").out()).isEqualTo("You are logged out.\n");
            assertThat(stack.run("logout").out()).isEqualTo("You were not logged in.\n");
            assertThat(file).doesNotExist();
            assertThat(stack.run("whoami").out())
                    .startsWith("login  none\n")
                    .contains("roles  registrar, installer, approver, revoker, auditor\n");
        }
    }

    @Test
    void aLoginThatHasEndedSaysWhatToDo() throws Exception {
        try (var stack = stack()) {
            stack.run("login", "--role", "auditor", "--valid-for", "1s");
            var run = stack.run("device", "list");
            assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(run.err())
                    .startsWith("evenroll: Your login ended at ")
                    .endsWith(": log in again with `evenroll login`, or end it with `evenroll logout`.\n");
        }
    }

    @Test
    void logsInAtAProvider() throws Exception {
        var token = FakeProvider.jwt("{\"upn\":\"bob\",\"groups\":[\"installer\"]}");
        try (var stack = stack();
                var provider = new FakeProvider(TLS).pending().then(200, FakeProvider.token(token, 300, "r1"))) {
            var run = stack.run(
                    "login",
                    "--issuer",
                    provider.issuer().toString(),
                    "--client-id",
                    "cli",
                    "--issuer-ca",
                    data.resolve("anchor.pem").toString());
            assertThat(run.err())
                    .isEqualTo(
                            "Open https://p.example/d in a browser, on any machine, and enter the code ABCD-EFGH.\n");
            assertThat(run.exitCode()).isZero();
            assertThat(run.out())
                    .contains("actor      bob\n", "renews     true\n")
                    .doesNotContain(token, "r1");
            assertThat(bearer(stack)).isEqualTo(token);
        }
    }

    @Test
    void theTwoWaysAreNotMixed() throws Exception {
        try (var stack = stack()) {
            assertThat(stack.run("login").err()).startsWith("Give --role, at the local stack, or --issuer URL");
            assertThat(stack.run("login", "--role", "king").err()).contains("--role", "king");
            assertThat(stack.run("login", "--issuer", "https://p.example", "--role", "auditor")
                            .err())
                    .startsWith("--role, --as and --valid-for are for the local stack");
            assertThat(stack.run("login", "--issuer", "https://p.example").err())
                    .startsWith("Missing required option: '--client-id'");
            assertThat(stack.run("login", "--role", "auditor", "--client-id", "x")
                            .err())
                    .startsWith("--client-id, --scope and --issuer-ca are for a provider");
        }
    }
}
