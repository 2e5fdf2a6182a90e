package dev.evenroll.cli.administration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.evenroll.cli.output.Json;
import dev.evenroll.cli.output.Printable;
import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.retry.FinalException;
import dev.evenroll.cli.tls.TrustedServers;
import dev.evenroll.cli.tls.UntrustedServerException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Speaks JSON over HTTPS to the administration interface of one service, with a token of its own for each request.
///
/// Safe for use by many threads.
final class AdministrationClient implements AutoCloseable {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    /// Longer than a service waits for its own pipeline.
    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(20);
    private static final int LARGEST_ANSWER_BYTES = 16 * 1024 * 1024;

    private final String service;
    private final URI base;
    private final LocalTokens tokens;
    private final HttpClient http;

    /// A client of one service.
    ///
    /// @param service its name, for messages
    AdministrationClient(String service, URI base, TrustedServers trusted, LocalTokens tokens) {
        this.service = service;
        this.base = base;
        this.tokens = tokens;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_LIMIT)
                .sslContext(trusted.context(Optional.empty()))
                .build();
    }

    /// A good answer.
    ///
    /// @param status 200 to 299
    record Answer(int status, JsonNode body) {}

    Answer get(Role role, String pathAndQuery) throws FaultException, FinalException, InterruptedException {
        return send(role, "GET", pathAndQuery, BodyPublishers.noBody());
    }

    Answer send(Role role, String method, String path, Map<String, ?> body)
            throws FaultException, FinalException, InterruptedException {
        return send(role, method, path, BodyPublishers.ofString(Json.line(body)));
    }

    private Answer send(Role role, String method, String pathAndQuery, BodyPublisher body)
            throws FaultException, FinalException, InterruptedException {
        var request = HttpRequest.newBuilder(base.resolve(pathAndQuery))
                .timeout(REQUEST_LIMIT)
                .header("Authorization", "Bearer " + tokens.token(role))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, application/problem+json")
                .method(method, body)
                .build();
        try {
            var answer = http.send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_ANSWER_BYTES));
            return read(answer);
        } catch (IOException e) {
            if (UntrustedServerException.isBehind(e)) {
                throw new UntrustedServerException(service + " at " + base, e);
            }
            throw new FaultException(service + " at " + base + " can not be reached: " + reason(e) + ".", e);
        }
    }

    private Answer read(HttpResponse<byte[]> answer) throws FaultException, RefusedException {
        int status = answer.statusCode();
        var body = json(answer.body());
        if (status >= 200 && status < 300 && body.isPresent()) {
            return new Answer(status, body.get());
        }
        var problem = body.map(AdministrationClient::words).orElse("");
        var sentence = service + " answered " + status + (problem.isEmpty() ? " without a reason." : ": " + problem);
        if (status >= 400 && status < 500) {
            throw new RefusedException(status, sentence);
        }
        throw new FaultException(sentence, retryAfter(answer));
    }

    private static Optional<JsonNode> json(byte[] body) {
        try {
            return Optional.of(Json.parse(body)).filter(JsonNode::isObject);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// RFC 9457: `detail`, or at least `title`; then a line for each field.
    private static String words(JsonNode problem) {
        var text = new StringBuilder(
                problem.path("detail").asText(problem.path("title").asText("")));
        for (var error : problem.path("errors")) {
            text.append("\n  ")
                    .append(error.path("field").asText())
                    .append(": ")
                    .append(error.path("reason").asText());
        }
        return Printable.text(text.toString());
    }

    private static Optional<Duration> retryAfter(HttpResponse<byte[]> answer) {
        return answer.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("[0-9]{1,6}"))
                .map(value -> Duration.ofSeconds(Integer.parseInt(value)));
    }

    private static String reason(IOException e) {
        // The JDK's HTTP client gives a refused connection no message.
        var fallback = e instanceof ConnectException
                ? "the connection is refused"
                : e.getClass().getSimpleName();
        return e.getMessage() == null ? fallback : e.getMessage();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
