package dev.evenroll.validator.administration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.http.TestHTTPResource;
import io.smallrye.jwt.build.Jwt;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

/// Calls the administration interface as a client does.
@SuppressWarnings("NullAway.Init") // Quarkus sets the fields
abstract class Calling {

    static final String EVR_1 = """
            {"manufacturer":"acme","model":"Wallbox","ocppIdentity":"CS-1","owner":"Charge Here Ltd","site":"Car park 3"}""";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TestHTTPResource("/")
    URI root;

    @Inject
    MemoryRegistry registry;

    @Inject
    FixedReplicas replicas;

    @Inject
    RecordedRefusals refusals;

    private final HttpClient http = HttpClient.newBuilder()
            // In clear text an upgrade to HTTP/2 would be negotiated, which nobody has in use: TLS alone is served.
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    @BeforeEach
    void clear() {
        registry.clear();
        replicas.clear();
        refusals.clear();
    }

    static void assertProblem(HttpResponse<String> answer, int status, String detail) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        assertThat(json(answer).get("detail").textValue()).isEqualTo(detail);
        assertThat(json(answer).get("status").intValue()).isEqualTo(status);
        assertThat(json(answer).get("type").textValue()).isEqualTo("about:blank");
        assertThat(json(answer).get("title").textValue()).isNotBlank();
    }

    static void assertStatus(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    }

    static JsonNode json(HttpResponse<String> answer) throws IOException {
        return json(answer.body());
    }

    static JsonNode json(String text) throws IOException {
        return JSON.readTree(text);
    }

    static String token(String... roles) {
        return tokenOf("alice", roles);
    }

    static String tokenOf(String actor, String... roles) {
        return Jwt.upn(actor)
                .groups(Set.of(roles))
                .issuer("test-issuer")
                .audience("evenroll")
                .expiresIn(Duration.ofMinutes(5))
                .sign();
    }

    HttpResponse<String> put(String path, String body, @Nullable String token, String... headers) throws Exception {
        return send(with(request(path, token), headers)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(body)));
    }

    HttpResponse<String> patch(String path, String body, String... headers) throws Exception {
        return send(with(request(path, token("registrar")), headers)
                .header("Content-Type", "application/merge-patch+json")
                .method("PATCH", BodyPublishers.ofString(body)));
    }

    HttpResponse<String> post(String path, String body, String... headers) throws Exception {
        return postAs(token("registrar"), path, "application/json", body, headers);
    }

    HttpResponse<String> postAs(@Nullable String token, String path, String mediaType, String body, String... headers)
            throws Exception {
        return send(with(request(path, token), headers)
                .header("Content-Type", mediaType)
                .POST(BodyPublishers.ofString(body)));
    }

    HttpResponse<String> get(String path, @Nullable String token, String... headers) throws Exception {
        return send(with(request(path, token), headers).GET());
    }

    HttpRequest.Builder request(String path, @Nullable String token) {
        var request = HttpRequest.newBuilder(root.resolve(path));
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private static HttpRequest.Builder with(HttpRequest.Builder request, String... headers) {
        return headers.length == 0 ? request : request.headers(headers);
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
