package dev.evenroll.validator.administration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.validator.registry.FieldProblem;
import dev.evenroll.validator.registry.Registration;
import dev.evenroll.validator.registry.RegistrationDraft;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads what callers send, and finds everything that is wrong with it at once.
final class RequestReader {

    static final int DEFAULT_LIMIT = 100;
    private static final int LARGEST_LIMIT = 1_000;

    private static final List<String> FIELDS = List.of("manufacturer", "model", "ocppIdentity", "owner", "site");

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private RequestReader() {}

    static DeviceId deviceId(String text) throws InvalidRequestException {
        var problem = DeviceId.problemWith(text);
        if (problem.isPresent()) {
            throw invalid(
                    List.of(new FieldProblem("deviceId", reason(problem.get().message()))));
        }
        return new DeviceId(text);
    }

    /// A registration: a JSON object with exactly the five fields, each a string.
    static Registration registration(String body) throws InvalidRequestException {
        var object = object(body);
        var problems = new ArrayList<FieldProblem>();
        object.properties().forEach(field -> {
            if (!FIELDS.contains(field.getKey())) {
                problems.add(new FieldProblem(
                        field.getKey(), "is not a field of a registration; those are " + String.join(", ", FIELDS)));
            } else if (!field.getValue().isTextual() && !field.getValue().isNull()) {
                problems.add(new FieldProblem(field.getKey(), "is not a string; put it in quotation marks"));
            }
        });
        var fields = FIELDS.stream().map(field -> text(object, field)).toList();
        new RegistrationDraft(
                        fields.get(0), fields.get(1), fields.get(2), fields.get(3), fields.get(4), null, null, null)
                .problems().stream()
                        .filter(problem -> problems.stream()
                                .noneMatch(known -> known.field().equals(problem.field())))
                        .forEach(problems::add);
        if (!problems.isEmpty()) {
            throw invalid(problems);
        }
        return new Registration(fields.get(0), fields.get(1), fields.get(2), fields.get(3), fields.get(4));
    }

    /// The number of devices that a page may have.
    static int limit(@Nullable String text) throws InvalidRequestException {
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        try {
            var limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= LARGEST_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Answered below, like a number out of range.
        }
        throw invalid(List.of(new FieldProblem("limit", "is not a number from 1 to " + LARGEST_LIMIT)));
    }

    private static JsonNode object(String body) throws InvalidRequestException {
        try {
            var node = JSON.readTree(body);
            if (node.isObject()) {
                return node;
            }
        } catch (JsonProcessingException e) {
            // Its message quotes the body; what to do is the same for every malformed one.
        }
        throw new InvalidRequestException(
                "The body is not a JSON object; send one with the fields " + String.join(", ", FIELDS) + ".",
                List.of());
    }

    private static String text(JsonNode object, String field) {
        var value = object.get(field);
        return value != null && value.isTextual() ? value.textValue() : "";
    }

    private static InvalidRequestException invalid(List<FieldProblem> problems) {
        var sentences = problems.stream().map(FieldProblem::sentence).toList();
        return new InvalidRequestException(
                "The request can not be carried out: " + String.join("; ", sentences) + ".", problems);
    }

    private static String reason(String message) {
        return message.substring(message.indexOf(':') + 1).strip();
    }
}
