package dev.evenroll.cli.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenroll.cli.administration.Role;
import dev.evenroll.cli.administration.StubAdministration;
import dev.evenroll.cli.administration.StubAdministration.Answer;
import dev.evenroll.cli.login.OidcProvider.Invitation;
import dev.evenroll.cli.tls.TestTls;
import dev.evenroll.pki.Pem;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OidcProviderTest {

    private static final TestTls TLS = new TestTls();

    @TempDir
    private Path directory = Path.of("");

    private Instant now = Instant.parse("2026-11-22T12:00:00Z");
    private final List<Invitation> invitations = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private Optional<Path> anchors = Optional.empty();

    private final OidcProvider.Guide guide = new OidcProvider.Guide() {
        @Override
        public void invite(Invitation invitation) {
            invitations.add(invitation);
        }

        @Override
        public void pause(Duration duration) {
            pauses.add(duration);
            now = now.plus(duration);
        }
    };

    @BeforeEach
    void trust() throws Exception {
        anchors = Optional.of(Files.writeString(directory.resolve("ca.pem"), Pem.encode(TLS.anchors())));
    }

    private OidcProvider provider(URI issuer) throws Exception {
        return OidcProvider.discover(issuer, "cli", anchors, () -> now);
    }

    private Login login(FakeProvider provider) throws Exception {
        return provider(provider.issuer()).login("openid", guide);
    }

    @Test
    void waitsUntilThePersonHasLoggedIn() throws Exception {
        try (var provider = new FakeProvider(TLS)
                .pending()
                .then(400, "{\"error\":\"slow_down\"}")
                .pending()
                .then(200, FakeProvider.token("t1", 300, "r1"))) {
            var login = login(provider);
            assertThat(login.accessToken()).isEqualTo("t1");
            assertThat(login.expiresAt()).isEqualTo(now.plusSeconds(300));
            assertThat(login.renewal().orElseThrow().refreshToken()).isEqualTo("r1");
            assertThat(invitations).containsExactly(new Invitation("https://p.example/d", "ABCD-EFGH"));
            // RFC 8628 section 3.5: slow_down means five seconds more from then on.
            assertThat(pauses)
                    .containsExactly(
                            Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(6), Duration.ofSeconds(6));
            assertThat(provider.requests().get(1).body()).isEqualTo("client_id=cli&scope=openid");
            assertThat(provider.requests().getLast().body())
                    .isEqualTo("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&device_code=secret"
                            + "&client_id=cli");
        }
    }

    @Test
    void saysWhyThereIsNoLogin() throws Exception {
        try (var provider = new FakeProvider(TLS).then(400, "{\"error\":\"access_denied\"}")) {
            assertThatThrownBy(() -> login(provider))
                    .isInstanceOf(LoginException.class)
                    .hasMessage("The login was refused in the browser.");
        }
        for (var slow : new String[] {"authorization_pending", "expired_token"}) {
            try (var provider = new FakeProvider(TLS).then(400, "{\"error\":\"" + slow + "\"}")) {
                assertThatThrownBy(() -> login(provider))
                        .isInstanceOf(LoginException.class)
                        .hasMessage("Nobody logged in in time: run `evenroll login` again.");
            }
        }
        try (var provider = new FakeProvider(TLS)
                .then(401, "{\"error\":\"invalid_client\",\"error_description\":\"who \\u001b[31m?\"}")) {
            assertThatThrownBy(() -> login(provider))
                    .hasMessage("The provider " + provider.issuer()
                            + " refused the login: invalid_client (who \\u001b[31m?).");
        }
    }

    @Test
    void aProviderThatIsAnotherIsNotBelieved() throws Exception {
        var document = "{\"issuer\":\"https://other.example\",\"token_endpoint\":\"https://other.example/t\"}";
        try (var stub = new StubAdministration(TLS, _ -> new Answer(200, document))) {
            assertThatThrownBy(() -> provider(stub.address()))
                    .hasMessage("The discovery document of " + stub.address()
                            + " is that of \"https://other.example\": give that as --issuer.");
        }
        assertThatThrownBy(() -> provider(URI.create("http://p.example")))
                .hasMessage("The issuer \"http://p.example\" is no https URL.");
    }

    @Test
    void aTokenIsSentToNobodyWithoutTls() throws Exception {
        var issuer = new URI[1];
        try (var stub = new StubAdministration(
                TLS,
                _ -> new Answer(200, "{\"issuer\":\"" + issuer[0] + "\",\"token_endpoint\":\"http://p.example/t\"}"))) {
            issuer[0] = stub.address();
            assertThatThrownBy(() -> provider(stub.address()))
                    .hasMessage("The provider's token_endpoint \"http://p.example/t\" is no https URL.");
        }
    }

    @Test
    void aTokenIsRenewedBeforeItsEndAndKept() throws Exception {
        try (var provider = new FakeProvider(TLS)
                .then(200, FakeProvider.token("t1", 300, "r1"))
                .then(200, FakeProvider.token("t2", 300, ""))
                .then(400, "{\"error\":\"invalid_grant\"}")) {
            var file = new LoginFile(directory.resolve("data"));
            file.write(login(provider));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
                    .isEqualTo("rw-------");
            var tokens = new KeptTokens(file, () -> now);
            assertThat(tokens.token(Role.AUDITOR)).isEqualTo("t1");
            now = now.plusSeconds(269);
            assertThat(tokens.token(Role.AUDITOR)).isEqualTo("t1");
            now = now.plusSeconds(2);
            assertThat(tokens.token(Role.AUDITOR)).isEqualTo("t2");
            assertThat(file.read().orElseThrow().renewal().orElseThrow().refreshToken())
                    .isEqualTo("r1");
            assertThat(new KeptTokens(file, () -> now).token(Role.AUDITOR)).isEqualTo("t2");
            now = now.plusSeconds(300);
            assertThatThrownBy(() -> tokens.token(Role.AUDITOR))
                    .isInstanceOf(LoginException.class)
                    .hasMessage("The login at " + provider.issuer()
                            + " can not be renewed (invalid_grant): log in again with `evenroll login --issuer "
                            + provider.issuer() + " --client-id cli`.");
        }
    }

    @Test
    void secretsAreNotTold() throws Exception {
        try (var provider = new FakeProvider(TLS).then(200, FakeProvider.token("t1", 300, "r1"))) {
            var login = login(provider);
            assertThat(login.toString()).doesNotContain("t1", "r1");
            assertThat(login.renewal().orElseThrow().toString()).doesNotContain("r1");
        }
        var file = new LoginFile(directory);
        Files.writeString(file.path(), "{\"accessToken\":\"t1\", oops");
        assertThatThrownBy(file::read)
                .isInstanceOf(LoginException.class)
                .hasMessage(file.path() + " is damaged: run `evenroll logout`, then `evenroll login` again.");
    }

    @Test
    void claimsAreReadForPeople() {
        var claims = TokenClaims.of(FakeProvider.jwt(
                "{\"preferred_username\":\"alice\",\"sub\":\"1\",\"groups\":[\"registrar\",7],\"exp\":0}"));
        assertThat(claims.actor()).contains("alice");
        assertThat(claims.roles()).containsExactly("registrar");
        assertThat(claims.expiresAt()).contains(Instant.EPOCH);
    }

    @Test
    void noTokenStopsTheReader() {
        var random = new Random(11);
        var token = FakeProvider.jwt("{\"upn\":\"a\",\"groups\":[\"registrar\"],\"exp\":99999999999999999}");
        for (int i = 0; i < 5_000; i++) {
            var text = new StringBuilder(token);
            for (int change = random.nextInt(0, 4); change > 0; change--) {
                text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(32, 300));
            }
            assertThat(TokenClaims.of(text.toString())).isNotNull();
        }
    }
}
