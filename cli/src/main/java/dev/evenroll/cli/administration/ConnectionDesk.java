package dev.evenroll.cli.administration;

import dev.evenroll.cli.output.Json;
import dev.evenroll.cli.retry.FaultException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// Connection authorization of revocation-service: asks what a TLS front asks, over plain HTTP.
public final class ConnectionDesk implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int LARGEST_ANSWER_BYTES = 64 * 1024;

    private final URI base;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(LIMIT)
            .build();

    public ConnectionDesk(URI base) {
        this.base = base;
    }

    /// The answer to whether a device may connect.
    public sealed interface Decision {

        /// It may.
        record Authorized(String deviceId, String serialNumber) implements Decision {}

        /// It may not.
        ///
        /// @param reason for programs, for example `revoked`
        /// @param message for people
        record Refused(String reason, String message) implements Decision {}
    }

    /// Asks about one connection.
    ///
    /// @param certificate PEM
    /// @param identity OCPP identity of the URL
    /// @throws RefusedException when the question is not understood
    public Decision ask(String certificate, String identity)
            throws FaultException, RefusedException, InterruptedException {
        var request = HttpRequest.newBuilder(base.resolve("/authorize?check=true&identity=" + Query.escape(identity)))
                .timeout(LIMIT)
                .header("Content-Type", "application/x-pem-file")
                .POST(BodyPublishers.ofString(certificate))
                .build();
        try {
            var answer = http.send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_ANSWER_BYTES));
            if (answer.statusCode() == 204) {
                return new Decision.Authorized(
                        answer.headers().firstValue("X-Device-Id").orElse("-"),
                        answer.headers().firstValue("X-Certificate-Serial").orElse("-"));
            }
            var body = Json.parse(answer.body());
            var message = body.path("message").asText("without a reason");
            return switch (answer.statusCode()) {
                case 403 -> new Decision.Refused(body.path("reason").asText("-"), message);
                case 503 ->
                    throw new FaultException(
                            "connection authorization answered 503: " + message,
                            answer.headers()
                                    .firstValue("Retry-After")
                                    .filter(value -> value.matches("[0-9]{1,6}"))
                                    .map(value -> Duration.ofSeconds(Integer.parseInt(value))));
                default ->
                    throw new RefusedException(
                            answer.statusCode(),
                            "connection authorization answered " + answer.statusCode() + ": " + message);
            };
        } catch (IOException e) {
            throw new FaultException("connection authorization at " + base + " can not be reached.", e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
