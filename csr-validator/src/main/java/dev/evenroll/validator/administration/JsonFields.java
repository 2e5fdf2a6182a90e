package dev.evenroll.validator.administration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.evenroll.validator.registry.FieldProblem;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads a JSON object that a caller sent, field by field, and collects everything that is wrong with it.
///
/// Of a field at most one problem is kept: the first one.
final class JsonFields {

    static final int LARGEST_BODY_BYTES = 16 * 1024;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final JsonNode object;
    private final List<FieldProblem> problems = new ArrayList<>();

    private JsonFields(JsonNode object) {
        this.object = object;
    }

    /// The object of a request's body.
    ///
    /// @param known the fields that it may have, for messages too
    /// @param ignored further fields that it may have, which are not looked at
    /// @throws CallRefusedException when the body is too large, or no JSON object
    static JsonFields of(String body, List<String> known, Set<String> ignored) throws CallRefusedException {
        // A character is at least a byte, and at most three: those beyond the first plane are two characters.
        if (body.length() > LARGEST_BODY_BYTES || body.getBytes(StandardCharsets.UTF_8).length > LARGEST_BODY_BYTES) {
            throw new CallRefusedException(
                    Response.Status.REQUEST_ENTITY_TOO_LARGE,
                    "The body is larger than " + LARGEST_BODY_BYTES + " bytes; no request here needs as much.");
        }
        return read(body, known, ignored)
                .orElseThrow(() -> new CallRefusedException(
                        Response.Status.BAD_REQUEST,
                        "The body is not a JSON object; send one with the fields " + String.join(", ", known) + "."));
    }

    static JsonFields of(String body, List<String> known) throws CallRefusedException {
        return of(body, known, Set.of());
    }

    /// The object of a text; empty when the text is none.
    static Optional<JsonFields> read(String text, List<String> known, Set<String> ignored) {
        try {
            var node = JSON.readTree(text);
            if (node.isObject()) {
                var fields = new JsonFields(node);
                fields.refuseOthers(known, ignored);
                return Optional.of(fields);
            }
        } catch (JsonProcessingException e) {
            // Its message quotes the text; what to do is the same for every malformed one.
        }
        return Optional.empty();
    }

    private void refuseOthers(List<String> known, Set<String> ignored) {
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name) && !ignored.contains(name)) {
                add(name, "is not a field that is known here; those are " + String.join(", ", known));
            }
        });
    }

    /// Whether the field is there, be it null.
    boolean has(String field) {
        return object.has(field);
    }

    /// A string; null when there is none.
    @Nullable
    String text(String field) {
        var value = object.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            add(field, "is not a string; put it in quotation marks");
            return null;
        }
        return value.textValue();
    }

    /// True or false; null when there is neither.
    @Nullable
    Boolean flag(String field) {
        var value = object.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isBoolean()) {
            add(field, "is neither true nor false");
            return null;
        }
        return value.booleanValue();
    }

    /// An array of strings; null when there is none.
    @Nullable
    List<String> texts(String field) {
        var value = object.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        var texts = new ArrayList<String>();
        for (var item : value) {
            texts.add(item.textValue());
        }
        if (!value.isArray() || texts.contains(null)) {
            add(field, "is not an array of strings; write it like [\"...\"]");
            return null;
        }
        return texts;
    }

    void add(String field, String reason) {
        add(new FieldProblem(field, reason));
    }

    void add(FieldProblem problem) {
        if (problems.stream().noneMatch(known -> known.field().equals(problem.field()))) {
            problems.add(problem);
        }
    }

    List<FieldProblem> problems() {
        return List.copyOf(problems);
    }

    /// @throws CallRefusedException when there are [#problems]
    void check() throws CallRefusedException {
        if (!problems.isEmpty()) {
            throw CallRefusedException.invalid(problems);
        }
    }
}
