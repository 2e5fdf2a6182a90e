package dev.evenroll.cli.login;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.evenroll.cli.output.Json;
import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.tls.TrustedServers;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.Pem;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// HTTPS to a provider: forms out, JSON in, no redirects.
final class ProviderClient {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int LARGEST_ANSWER_BYTES = 1024 * 1024;

    private final HttpClient http;

    private ProviderClient(HttpClient http) {
        this.http = http;
    }

    /// A client.
    ///
    /// @param anchors PEM file of the only CAs to trust; empty: those of the JDK
    static ProviderClient of(Optional<Path> anchors) throws LoginException {
        var builder = HttpClient.newBuilder().connectTimeout(LIMIT).followRedirects(HttpClient.Redirect.NEVER);
        if (anchors.isPresent()) {
            try {
                var trusted = TrustedServers.of(Pem.decodeCertificates(Files.readString(anchors.get())));
                builder.sslContext(trusted.context(Optional.empty()));
            } catch (IOException | MalformedException e) {
                throw new LoginException(
                        anchors.get() + " can not be used as CA of the provider: " + e.getMessage() + ".");
            }
        }
        return new ProviderClient(builder.build());
    }

    /// What a provider said.
    ///
    /// @param body JSON; missing when it is none
    record Answer(int status, JsonNode body) {}

    Answer get(URI address) throws FaultException, InterruptedException {
        return send(HttpRequest.newBuilder(address).timeout(LIMIT).GET().build());
    }

    Answer post(URI address, Map<String, String> form) throws FaultException, InterruptedException {
        var body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(address)
                .timeout(LIMIT)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    private Answer send(HttpRequest request) throws FaultException, InterruptedException {
        try {
            var answer = http.send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_ANSWER_BYTES));
            if (answer.statusCode() >= 500) {
                throw new FaultException(
                        "The provider at " + request.uri().getHost() + " answered " + answer.statusCode() + ".",
                        Optional.empty());
            }
            return new Answer(answer.statusCode(), json(answer.body()));
        } catch (IOException e) {
            throw new FaultException(
                    "The provider at " + request.uri().getHost() + " can not be reached: " + e + ".", e);
        }
    }

    private static JsonNode json(byte[] body) {
        try {
            return Json.parse(body);
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }
}
