package dev.evenroll.cli.login;

import com.fasterxml.jackson.databind.JsonNode;
import dev.evenroll.cli.output.Printable;
import dev.evenroll.cli.retry.FaultException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// An OpenID Connect provider, as far as this command needs one: it is found by its discovery document (OpenID Connect
/// Discovery 1.0 section 4), lets a person log in by a browser anywhere (device authorization grant, RFC 8628), and
/// renews a token (RFC 6749 section 6).
public final class OidcProvider {

    private static final String DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code";
    private static final Duration USUAL_INTERVAL = Duration.ofSeconds(5);
    private static final Duration SLOWER = Duration.ofSeconds(5);
    private static final Duration USUAL_LIFETIME = Duration.ofMinutes(5);

    private final URI issuer;
    private final String clientId;
    private final Optional<Path> anchors;
    private final ProviderClient client;
    private final InstantSource clock;
    private final URI tokenEndpoint;
    private final Optional<URI> deviceEndpoint;

    private OidcProvider(
            URI issuer,
            String clientId,
            Optional<Path> anchors,
            ProviderClient client,
            InstantSource clock,
            JsonNode discovered)
            throws LoginException {
        this.issuer = issuer;
        this.clientId = clientId;
        this.anchors = anchors;
        this.client = client;
        this.clock = clock;
        this.tokenEndpoint = endpoint(discovered, "token_endpoint")
                .orElseThrow(() -> new LoginException("The provider " + issuer + " names no token endpoint."));
        this.deviceEndpoint = endpoint(discovered, "device_authorization_endpoint");
    }

    /// Finds a provider.
    ///
    /// @param issuer https URL
    /// @param clientId as which this command is registered there: a public client
    /// @param anchors PEM file of the only CAs to trust for it; empty: those of the JDK
    public static OidcProvider discover(URI issuer, String clientId, Optional<Path> anchors, InstantSource clock)
            throws FaultException, LoginException, InterruptedException {
        if (!"https".equals(issuer.getScheme()) || issuer.getHost() == null) {
            throw new LoginException("The issuer \"" + issuer + "\" is no https URL.");
        }
        var client = ProviderClient.of(anchors);
        var base = issuer.toString().replaceFirst("/$", "");
        var answer = client.get(URI.create(base + "/.well-known/openid-configuration"));
        if (answer.status() != 200) {
            throw new LoginException(
                    "The provider " + issuer + " has no discovery document (" + answer.status() + "): check --issuer.");
        }
        // OpenID Connect Discovery 1.0 section 4.3: otherwise one provider could speak for another.
        if (!answer.body().path("issuer").asText().equals(issuer.toString())) {
            throw new LoginException("The discovery document of " + issuer + " is that of \""
                    + Printable.line(answer.body().path("issuer").asText()) + "\": give that as --issuer.");
        }
        return new OidcProvider(issuer, clientId, anchors, client, clock, answer.body());
    }

    private static Optional<URI> endpoint(JsonNode discovered, String name) throws LoginException {
        var text = discovered.path(name).asText();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            var endpoint = URI.create(text);
            if ("https".equals(endpoint.getScheme()) && endpoint.getHost() != null) {
                return Optional.of(endpoint);
            }
        } catch (IllegalArgumentException e) {
            // Told below, like one that is not https.
        }
        throw new LoginException("The provider's " + name + " \"" + Printable.line(text) + "\" is no https URL.");
    }

    /// What a person has to do (RFC 8628 section 3.3).
    ///
    /// @param page to open in a browser
    /// @param code to enter there
    public record Invitation(String page, String code) {}

    /// Who shows the invitation, and waits between two questions.
    public interface Guide {
        void invite(Invitation invitation);

        void pause(Duration duration) throws InterruptedException;
    }

    /// Lets a person log in.
    public Login login(String scope, Guide guide) throws FaultException, LoginException, InterruptedException {
        var endpoint = deviceEndpoint.orElseThrow(() -> new LoginException("The provider " + issuer
                + " offers no device authorization (RFC 8628): allow it for the client " + clientId + "."));
        var begun = client.post(endpoint, form("client_id", clientId, "scope", scope));
        if (begun.status() != 200 || !begun.body().path("device_code").isTextual()) {
            throw refused("did not begin the login", begun);
        }
        var words = begun.body();
        guide.invite(new Invitation(
                Printable.line(words.path("verification_uri").asText()),
                Printable.line(words.path("user_code").asText())));
        return poll(words, guide);
    }

    private Login poll(JsonNode begun, Guide guide) throws FaultException, LoginException, InterruptedException {
        var form = form(
                "grant_type",
                DEVICE_GRANT,
                "device_code",
                begun.path("device_code").asText(),
                "client_id",
                clientId);
        var interval = Duration.ofSeconds(Math.max(1, begun.path("interval").asInt((int) USUAL_INTERVAL.toSeconds())));
        var deadline = clock.instant().plusSeconds(begun.path("expires_in").asInt((int) USUAL_LIFETIME.toSeconds()));
        while (clock.instant().isBefore(deadline)) {
            guide.pause(interval);
            var answer = client.post(tokenEndpoint, form);
            if (answer.status() == 200) {
                return kept(answer, Optional.empty());
            }
            switch (answer.body().path("error").asText()) {
                case "authorization_pending" -> {}
                case "slow_down" -> interval = interval.plus(SLOWER);
                case "access_denied" -> throw new LoginException("The login was refused in the browser.");
                case "expired_token" -> deadline = Instant.MIN;
                default -> throw refused("refused the login", answer);
            }
        }
        throw new LoginException("Nobody logged in in time: run `evenroll login` again.");
    }

    /// The next token.
    Login renew(Login.Renewal renewal) throws FaultException, LoginException, InterruptedException {
        var answer = client.post(
                tokenEndpoint,
                form("grant_type", "refresh_token", "refresh_token", renewal.refreshToken(), "client_id", clientId));
        if (answer.status() != 200) {
            throw new LoginException("The login at " + issuer + " can not be renewed ("
                    + Printable.line(answer.body().path("error").asText("status " + answer.status()))
                    + "): log in again with `evenroll login --issuer " + issuer + " --client-id " + clientId + "`.");
        }
        return kept(answer, Optional.of(renewal.refreshToken()));
    }

    /// The login that a good answer makes.
    ///
    /// @param before the refresh token that stays when there is no new one
    private Login kept(ProviderClient.Answer answer, Optional<String> before) throws LoginException {
        var body = answer.body();
        var token = body.path("access_token").asText();
        if (token.isEmpty() || !body.path("token_type").asText().equalsIgnoreCase("Bearer")) {
            throw new LoginException("The provider " + issuer + " sent no bearer token.");
        }
        var refresh = Optional.of(body.path("refresh_token").asText())
                .filter(text -> !text.isEmpty())
                .or(() -> before);
        var expiresAt = body.path("expires_in").canConvertToInt()
                        && body.path("expires_in").asInt() > 0
                ? clock.instant().plusSeconds(body.path("expires_in").asInt())
                : TokenClaims.of(token).expiresAt().orElse(clock.instant().plus(USUAL_LIFETIME));
        return new Login(token, expiresAt, refresh.map(text -> new Login.Renewal(issuer, clientId, text, anchors)));
    }

    private LoginException refused(String what, ProviderClient.Answer answer) {
        var error = answer.body().path("error").asText("status " + answer.status());
        var description = answer.body().path("error_description").asText();
        return new LoginException("The provider " + issuer + " " + what + ": " + Printable.line(error)
                + (description.isEmpty() ? "" : " (" + Printable.line(description) + ")") + ".");
    }

    private static Map<String, String> form(String... pairs) {
        var form = new LinkedHashMap<String, String>();
        for (int i = 0; i < pairs.length; i += 2) {
            form.put(pairs[i], pairs[i + 1]);
        }
        return form;
    }
}
