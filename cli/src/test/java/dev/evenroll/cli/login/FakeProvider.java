package dev.evenroll.cli.login;

import dev.evenroll.cli.administration.StubAdministration;
import dev.evenroll.cli.administration.StubAdministration.Answer;
import dev.evenroll.cli.administration.StubAdministration.Request;
import dev.evenroll.cli.tls.TestTls;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;

/// An OpenID Connect provider: its answers to questions for a token are queued, the last one stays.
public final class FakeProvider implements AutoCloseable {

    private final StubAdministration server;
    private final Deque<Answer> tokens = new ArrayDeque<>();

    public FakeProvider(TestTls tls) throws IOException {
        this.server = new StubAdministration(tls, this::answer);
    }

    public URI issuer() {
        return server.address();
    }

    public List<Request> requests() {
        return server.requests();
    }

    /// Queues an answer of the token endpoint.
    public FakeProvider then(int status, String json) {
        tokens.add(new Answer(status, json));
        return this;
    }

    public FakeProvider pending() {
        return then(400, "{\"error\":\"authorization_pending\"}");
    }

    public static String token(String accessToken, int expiresIn, String refreshToken) {
        return "{\"access_token\":\"" + accessToken + "\",\"token_type\":\"bearer\",\"expires_in\":" + expiresIn
                + ",\"refresh_token\":\"" + refreshToken + "\"}";
    }

    /// A token that nobody signed.
    public static String jwt(String claims) {
        var encoder = Base64.getUrlEncoder().withoutPadding();
        return encoder.encodeToString("{}".getBytes(StandardCharsets.UTF_8)) + "."
                + encoder.encodeToString(claims.getBytes(StandardCharsets.UTF_8)) + ".AA";
    }

    private synchronized Answer answer(Request request) {
        return switch (request.line()) {
            case "GET /.well-known/openid-configuration" ->
                new Answer(
                        200,
                        "{\"issuer\":\"%1$s\",\"token_endpoint\":\"%1$s/token\",\"device_authorization_endpoint\":\"%1$s/device\"}"
                                .formatted(issuer()));
            case "POST /device" ->
                new Answer(
                        200,
                        "{\"device_code\":\"secret\",\"user_code\":\"ABCD-EFGH\",\"verification_uri\":\"https://p.example/d\","
                                + "\"expires_in\":600,\"interval\":1}");
            case "POST /token" -> tokens.size() > 1 ? tokens.removeFirst() : tokens.getFirst();
            default -> new Answer(404, "{}");
        };
    }

    @Override
    public void close() {
        server.close();
    }
}
