package dev.evenroll.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.evenroll.cli.administration.RefusedException;
import dev.evenroll.cli.est.HttpAnswer;
import dev.evenroll.cli.output.Json;
import dev.evenroll.cli.output.Printable;
import dev.evenroll.cli.retry.FaultException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/// Reads what the bulk interface of enroll-gateway answers. Unknown fields are passed over: it may be newer.
final class JobAnswers {

    private static final int TIMED_OUT = 408;
    private static final int TOO_MANY = 429;

    private JobAnswers() {}

    /// The text of a good answer.
    static String good(HttpAnswer answer) throws FaultException, RefusedException {
        var body = new String(answer.body().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        int status = answer.status();
        if (status >= 200 && status < 300) {
            return body;
        }
        var sentence = "enroll-gateway answered " + status + ": " + detail(body);
        if (status >= 400 && status < 500 && status != TIMED_OUT && status != TOO_MANY) {
            throw new RefusedException(status, sentence);
        }
        throw new FaultException(sentence, retryAfter(answer));
    }

    /// One JSON object.
    static JsonNode object(String text) throws IOException {
        var object = Json.parse(text.getBytes(StandardCharsets.UTF_8));
        if (!object.isObject()) {
            throw new IOException("the answer is no JSON object");
        }
        return object;
    }

    static String text(JsonNode object, String name) throws IOException {
        var value = object.path(name);
        if (!value.isTextual()) {
            throw missing(name);
        }
        return value.asText();
    }

    static long number(JsonNode object, String name) throws IOException {
        var value = object.path(name);
        if (!value.isIntegralNumber()) {
            throw missing(name);
        }
        return value.asLong();
    }

    private static IOException missing(String name) {
        return new IOException("the answer has no usable field \"" + name + "\"; is the gateway of another version?");
    }

    /// RFC 9457; what is before the bulk interface answers in plain text.
    private static String detail(String body) {
        try {
            var problem = Json.parse(body.getBytes(StandardCharsets.UTF_8));
            return Printable.text(
                    problem.path("detail").asText(problem.path("title").asText("without a reason.")));
        } catch (IOException e) {
            return body.isBlank() ? "without a reason." : Printable.text(body.strip());
        }
    }

    private static Optional<Duration> retryAfter(HttpAnswer answer) {
        return answer.header("retry-after")
                .filter(value -> value.matches("[0-9]{1,6}"))
                .map(value -> Duration.ofSeconds(Integer.parseInt(value)));
    }
}
