package dev.evenroll.revocation.publication;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/// How answers are written, and when a client has one already.
final class Answers {

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final String IF_NONE_MATCH = "If-None-Match";

    private Answers() {}

    /// A sentence for people.
    static void say(HttpServerRequest request, int status, String sentence) {
        var response = request.response().setStatusCode(status).putHeader("Content-Type", "text/plain; charset=utf-8");
        send(request, response, Buffer.buffer(sentence + "\n"));
    }

    static void send(HttpServerRequest request, HttpServerResponse response, Buffer body) {
        response.putHeader("Content-Length", Integer.toString(body.length()));
        if (request.method().equals(HttpMethod.HEAD)) {
            response.end();
        } else {
            response.end(body);
        }
    }

    /// As RFC 9110 section 5.6.7 writes it.
    static String httpDate(Instant moment) {
        return HTTP_DATE.format(moment);
    }

    /// RFC 9110 section 13.2.2: If-None-Match decides; If-Modified-Since counts only without it.
    static boolean unchanged(HttpServerRequest request, String etag, Instant lastModified) {
        if (request.getHeader(IF_NONE_MATCH) != null) {
            return hasTag(request, etag);
        }
        return Optional.ofNullable(request.getHeader("If-Modified-Since"))
                .flatMap(Answers::moment)
                .filter(since -> !lastModified.isAfter(since))
                .isPresent();
    }

    /// Whether the client has what the tag names.
    static boolean hasTag(HttpServerRequest request, String etag) {
        for (var tag :
                Objects.requireNonNullElse(request.getHeader(IF_NONE_MATCH), "").split(",", -1)) {
            var bare = tag.strip();
            if (bare.equals("*") || bare.equals(etag) || bare.equals("W/" + etag)) {
                return true;
            }
        }
        return false;
    }

    private static Optional<Instant> moment(String text) {
        try {
            return Optional.of(Instant.from(HTTP_DATE.parse(text)));
        } catch (DateTimeException e) {
            // RFC 9110 section 13.1.3: a date that can not be read is as good as none.
            return Optional.empty();
        }
    }
}
