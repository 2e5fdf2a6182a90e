package dev.evenroll.cli.administration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.evenroll.cli.output.Json;
import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.retry.FinalException;
import dev.evenroll.cli.tls.TrustedServers;
import dev.evenroll.cli.tls.UntrustedServerException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// Speaks JSON over HTTPS to the administration interface of one service, with a token of its own for each request.
///
/// Safe for use by many threads.
final class AdministrationClient implements AutoCloseable {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    /// Longer than a service waits for its own pipeline.
    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(20);
    private static final int LARGEST_ANSWER_BYTES = 16 * 1024 * 1024;

    private static final Pattern ENTITY_TAG = Pattern.compile("(?:W/)?\"([0-9]{1,18})\"");

    private final String service;
    private final URI base;
    private final BearerTokens tokens;
    private final HttpClient http;

    /// A client of one service.
    ///
    /// @param service its name, for messages
    AdministrationClient(String service, URI base, TrustedServers trusted, BearerTokens tokens) {
        this.service = service;
        this.base = base;
        this.tokens = tokens;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_LIMIT)
                .sslContext(trusted.context(Optional.empty()))
                .build();
    }

    /// A request.
    ///
    /// @param role that it needs
    /// @param pathAndQuery escaped
    /// @param body empty for none
    /// @param headers besides those that every call has
    /// @param limit for the answer
    record Call(
            Role role,
            String method,
            String pathAndQuery,
            String body,
            String contentType,
            Map<String, String> headers,
            Duration limit) {

        Call {
            headers = Map.copyOf(headers);
        }

        Call(Role role, String method, String pathAndQuery, String body) {
            this(role, method, pathAndQuery, body, "application/json", Map.of(), REQUEST_LIMIT);
        }

        static Call json(Role role, String method, String path, Map<String, ?> body) {
            return new Call(role, method, path, Json.line(body));
        }

        Call typed(String type) {
            return new Call(role, method, pathAndQuery, body, type, headers, limit);
        }

        Call with(String header, String value) {
            var more = new HashMap<>(headers);
            more.put(header, value);
            return new Call(role, method, pathAndQuery, body, contentType, more, limit);
        }

        /// Carried out only when the thing has this revision still (RFC 9110 section 13.1.1).
        Call onlyIf(long revision) {
            return with("If-Match", "\"" + revision + "\"");
        }

        /// Carried out only when the thing is not there yet (RFC 9110 section 13.1.2).
        Call onlyIfNew() {
            return with("If-None-Match", "*");
        }

        Call within(Duration otherLimit) {
            return new Call(role, method, pathAndQuery, body, contentType, headers, otherLimit);
        }
    }

    /// A good answer.
    ///
    /// @param status 200 to 299
    /// @param revision from the entity tag, when there is one
    record Answer(int status, JsonNode body, OptionalLong revision) {}

    Answer get(Role role, String pathAndQuery) throws FaultException, FinalException, InterruptedException {
        return send(new Call(role, "GET", pathAndQuery, ""));
    }

    Answer send(Role role, String method, String path, Map<String, ?> body)
            throws FaultException, FinalException, InterruptedException {
        return send(Call.json(role, method, path, body));
    }

    Answer send(Call call) throws FaultException, FinalException, InterruptedException {
        var request = HttpRequest.newBuilder(base.resolve(call.pathAndQuery()))
                .timeout(call.limit())
                .header("Authorization", "Bearer " + tokens.token(call.role()))
                .header("Content-Type", call.contentType())
                .header("Accept", "application/json, application/problem+json")
                .method(
                        call.method(),
                        call.body().isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(call.body()));
        call.headers().forEach(request::header);
        try {
            var answer =
                    http.send(request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_ANSWER_BYTES));
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
            return new Answer(status, body.get(), revision(answer));
        }
        var problem = body.map(AdministrationClient::words).orElse("");
        var sentence = service + " answered " + status + (problem.isEmpty() ? " without a reason." : ": " + problem);
        // 408 and 429 say "not now" where the other 4xx say "no" (RFC 9110 section 15.5.9, RFC 6585 section 4).
        if (status >= 400 && status < 500 && status != 408 && status != 429) {
            throw new RefusedException(status, sentence);
        }
        throw new FaultException(sentence, retryAfter(answer));
    }

    private static OptionalLong revision(HttpResponse<byte[]> answer) {
        var tag = ENTITY_TAG.matcher(answer.headers().firstValue("ETag").orElse(""));
        return tag.matches() ? OptionalLong.of(Long.parseLong(tag.group(1))) : OptionalLong.empty();
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
        return Advice.forAPerson(text.toString());
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
