package dev.evenroll.cli.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.evenroll.cli.output.Json;
import dev.evenroll.policy.PolicyFacts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One recorded decision as a line of a file: a JSON object. Fields that a newer writer adds are passed
/// over.
final class DecisionLine {

    private static final int LONGEST_LINE = 100_000;

    private final JsonNode line;

    private DecisionLine(JsonNode line) {
        this.line = line;
    }

    /// A line that holds no decision. The message names the field and the reason.
    static final class UnusableLineException extends Exception {
        UnusableLineException(String reason) {
            super(reason);
        }
    }

    /// Without the line break.
    static String write(RecordedDecision recorded) {
        return Json.line(fields(recorded));
    }

    private static Map<String, Object> fields(RecordedDecision recorded) {
        var facts = recorded.facts();
        var fields = new LinkedHashMap<String, Object>();
        fields.put("decidedAt", facts.at().toString());
        fields.put("enrollmentId", recorded.enrollmentId());
        fields.put("deviceId", facts.deviceId());
        fields.put("manufacturer", facts.manufacturer());
        putUnlessNull(fields, "model", facts.model());
        putUnlessNull(fields, "deviceState", recorded.deviceState());
        fields.put("remoteAddress", facts.remoteAddress());
        fields.put("attested", facts.attested());
        putUnlessNull(fields, "approver", facts.approver());
        fields.put("policy", recorded.policy());
        fields.put("version", recorded.version());
        fields.put("decision", recorded.decision().word());
        fields.put("rules", recorded.rules());
        return fields;
    }

    private static void putUnlessNull(Map<String, Object> fields, String name, @Nullable String value) {
        if (value != null) {
            fields.put(name, value);
        }
    }

    static RecordedDecision read(String text) throws UnusableLineException {
        if (text.length() > LONGEST_LINE) {
            throw new UnusableLineException("is longer than " + LONGEST_LINE + " characters; record the events again");
        }
        return new DecisionLine(parsed(text)).decision();
    }

    private static JsonNode parsed(String text) throws UnusableLineException {
        try {
            var node = Json.parse(text.getBytes(StandardCharsets.UTF_8));
            if (node.isObject()) {
                return node;
            }
        } catch (IOException e) {
            // Said below: Jackson's sentence would quote the whole line.
        }
        throw new UnusableLineException("is no JSON object; each line is one, as evenroll policy record writes them");
    }

    private RecordedDecision decision() throws UnusableLineException {
        String state = optional("deviceState");
        return new RecordedDecision(
                required("enrollmentId"),
                new PolicyFacts(
                        required("deviceId"),
                        required("manufacturer"),
                        optional("model"),
                        RecordedDecision.knowledge(state),
                        required("remoteAddress"),
                        decidedAt(),
                        attested(),
                        optional("approver")),
                state,
                required("policy"),
                required("version"),
                outcome(),
                rules());
    }

    private Instant decidedAt() throws UnusableLineException {
        String text = required("decidedAt");
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new UnusableLineException("decidedAt: is no point in time like 2026-11-22T12:00:00Z");
        }
    }

    private boolean attested() throws UnusableLineException {
        var node = line.path("attested");
        if (!node.isBoolean()) {
            throw new UnusableLineException("attested: is neither true nor false");
        }
        return node.booleanValue();
    }

    private Decision outcome() throws UnusableLineException {
        return Decision.named(required("decision"))
                .orElseThrow(() -> new UnusableLineException("decision: is neither allowed, pending nor refused"));
    }

    private List<String> rules() throws UnusableLineException {
        var rules = new ArrayList<String>();
        for (var rule : line.path("rules")) {
            if (!rule.isTextual()) {
                throw new UnusableLineException("rules: holds something else than names of rules");
            }
            rules.add(rule.textValue());
        }
        return rules;
    }

    private String required(String field) throws UnusableLineException {
        String value = optional(field);
        if (value == null) {
            throw new UnusableLineException(field + ": is missing");
        }
        return value;
    }

    private @Nullable String optional(String field) throws UnusableLineException {
        var node = line.path(field);
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        if (!node.isTextual()) {
            throw new UnusableLineException(field + ": is no text");
        }
        return node.textValue();
    }
}
