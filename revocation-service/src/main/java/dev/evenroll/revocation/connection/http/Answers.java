package dev.evenroll.revocation.connection.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;

/// How what goes wrong is said.
final class Answers {

    private Answers() {}

    /// @param reason stable, for programs
    /// @param message a sentence, for people
    static void problem(HttpServerRequest request, int status, String reason, String message) {
        request.response().setStatusCode(status).putHeader("Cache-Control", "no-store");
        send(
                request,
                "application/json",
                Buffer.buffer(new JsonObject()
                        .put("reason", reason)
                        .put("message", message)
                        .encode()));
    }

    static void send(HttpServerRequest request, String mediaType, Buffer body) {
        var response = request.response()
                .putHeader("Content-Type", mediaType)
                .putHeader("Content-Length", Integer.toString(body.length()));
        if (request.method().equals(HttpMethod.HEAD)) {
            response.end();
        } else {
            response.end(body);
        }
    }
}
