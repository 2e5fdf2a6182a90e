package dev.evenroll.gateway.est;

import dev.evenroll.gateway.limit.Excess;
import dev.evenroll.pki.Der;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// An answer to a device: status, header fields in the case that clients in the field expect, body.
///
/// Every answer has its exact length, so that none is chunked but the challenge to some clients ([#chunked]), and fits
/// with its header into few packets; an error is one or more sentences of plain text.
///
/// @param outcome how the request ended
/// @param fields header fields, in the order in which they are sent; `Content-Length` among them, but for a chunked
/// body
/// @param body text; ASCII where it is base64
public record EstResponse(EstOutcome outcome, List<Field> fields, String body) {

    /// After how long a device is asked to come again. Whole seconds: libest does not read a date.
    public static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    /// libest compares it literally.
    private static final String CERTS_ONLY = "application/pkcs7-mime; smime-type=certs-only";

    private static final String CONTENT_TYPE = "Content-Type";
    private static final String CONTENT_LENGTH = "Content-Length";
    private static final String PLAIN_TEXT = "text/plain; charset=utf-8";

    /// A header field.
    public record Field(String name, String value) {}

    public EstResponse {
        fields = List.copyOf(fields);
    }

    /// Certificates (RFC 7030 sections 4.1.3 and 4.2.3).
    ///
    /// @param certsOnly CMS with certificates only, DER (RFC 8551 section 3.8)
    public static EstResponse certificates(Der certsOnly, Base64Form form) {
        var body = form.encode(certsOnly);
        return new EstResponse(
                EstOutcome.ANSWERED,
                List.of(
                        new Field(CONTENT_TYPE, CERTS_ONLY),
                        new Field("Content-Transfer-Encoding", "base64"),
                        length(body)),
                body);
    }

    /// "Later" (RFC 7030 section 4.2.3): Bouncy Castle takes it only with an empty body.
    public static EstResponse later() {
        return later(RETRY_AFTER);
    }

    /// "Later", and when.
    public static EstResponse later(Duration retryAfter) {
        return new EstResponse(EstOutcome.LATER, List.of(retryAfter(retryAfter), length("")), "");
    }

    /// No authentication. Only after the challenge do libest and Bouncy Castle send user and password, if they have
    /// them.
    public static EstResponse unauthenticated(String text) {
        return text(EstOutcome.UNAUTHENTICATED, text, new Field("WWW-Authenticate", "Basic realm=\"Evenroll\""));
    }

    /// The same without `Content-Length`, which is sent in chunks. Bouncy Castle, when it has a user and a password,
    /// closes a challenge without reading it; it ends with an error when there were bytes left of those that
    /// `Content-Length` announced, and does not count them in a chunked body (1.86, `ESTResponse.process`).
    public EstResponse chunked() {
        return new EstResponse(
                outcome,
                fields.stream()
                        .filter(field -> !field.name().equals(CONTENT_LENGTH))
                        .toList(),
                body);
    }

    /// Whether the body is sent in chunks.
    public boolean isChunked() {
        return fields.stream().noneMatch(field -> field.name().equals(CONTENT_LENGTH));
    }

    /// A method that the operation does not take (RFC 9110 section 15.5.6).
    public static EstResponse wrongMethod(EstOperation operation) {
        return text(
                EstOutcome.WRONG_METHOD,
                operation.segment() + " takes only the method " + operation.methods() + ".",
                new Field("Allow", operation.methods()));
    }

    /// Not now.
    public static EstResponse unavailable(String text) {
        return text(EstOutcome.UNAVAILABLE, text, retryAfter(RETRY_AFTER));
    }

    /// More often than allowed.
    public static EstResponse rateLimited(Excess excess) {
        return text(EstOutcome.RATE_LIMITED, excess.message(), retryAfter(Duration.ofSeconds(excess.wholeSeconds())));
    }

    /// A refusal by the pipeline.
    ///
    /// @param findings every reason; one line each
    public static EstResponse refused(List<String> findings) {
        return text(EstOutcome.REFUSED, String.join("\n", findings));
    }

    /// Any other error.
    ///
    /// @param text sentences that say why and what to do; may hold text from outside
    public static EstResponse text(EstOutcome outcome, String text, Field... more) {
        var body = printable(text) + "\n";
        var fields = new ArrayList<>(List.of(more));
        fields.add(new Field(CONTENT_TYPE, PLAIN_TEXT));
        fields.add(length(body));
        return new EstResponse(outcome, fields, body);
    }

    private static String printable(String text) {
        return text.replaceAll("[\\p{C}&&[^\n]]", "?");
    }

    private static Field retryAfter(Duration duration) {
        return new Field("Retry-After", Long.toString(duration.toSeconds()));
    }

    private static Field length(String body) {
        return new Field(CONTENT_LENGTH, Integer.toString(body.getBytes(StandardCharsets.UTF_8).length));
    }
}
