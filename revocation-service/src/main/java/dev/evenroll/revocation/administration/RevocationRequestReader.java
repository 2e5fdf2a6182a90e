package dev.evenroll.revocation.administration;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.evenroll.pki.crl.CrlReason;
import dev.evenroll.revocation.administration.Problem.FieldError;
import dev.evenroll.revocation.life.RevocationOrder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// Reads the body of a revocation: `{"reason": "keyCompromise"}`, and nothing else.
final class RevocationRequestReader {

    private static final String REASON = "reason";
    private static final ObjectReader JSON = new ObjectMapper().reader(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private RevocationRequestReader() {}

    /// @throws ProblemException when the body is something else, with all that is wrong
    static CrlReason reason(byte[] body) {
        var object = object(body);
        var errors = new ArrayList<FieldError>();
        object.fieldNames().forEachRemaining(name -> {
            if (!name.equals(REASON)) {
                errors.add(new FieldError(name, "is not known; leave it out"));
            }
        });
        var reason = RevocationOrder.reason(object.path(REASON).asText());
        if (reason.isEmpty() || !object.path(REASON).isTextual()) {
            errors.add(new FieldError(REASON, "must be one of " + String.join(", ", RevocationOrder.reasonNames())));
        }
        if (!errors.isEmpty() || reason.isEmpty()) {
            throw new ProblemException(400, "The revocation can not be ordered like this.", errors);
        }
        return reason.get();
    }

    private static JsonNode object(byte[] body) {
        try {
            var node = JSON.readTree(body);
            if (node.isObject()) {
                return node;
            }
        } catch (JacksonException e) {
            throw noObject();
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory failed", e);
        }
        throw noObject();
    }

    private static ProblemException noObject() {
        return new ProblemException(
                400, "The body is not a JSON object; send {\"reason\": \"keyCompromise\"}, for example.", List.of());
    }
}
