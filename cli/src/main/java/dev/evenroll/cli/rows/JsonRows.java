package dev.evenroll.cli.rows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.evenroll.cli.administration.FieldError;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Devices as JSON lines: an object a line, in UTF-8.
final class JsonRows implements RowReader {

    private static final ObjectReader OBJECT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(JsonNode.class);

    /// What a device as JSON holds beside its entry, in a list for example: not looked at.
    private static final Set<String> READ_ONLY =
            Set.of("state", "stateReason", "registeredAt", "changedAt", "revision", "certificateNotAfter", "warnings");

    private final InputLines lines;

    JsonRows(InputLines lines) {
        this.lines = lines;
    }

    @Override
    public Optional<Row> next() throws IOException {
        for (var line = lines.next(); line.isPresent(); line = lines.next()) {
            if (line.get().problem().isPresent() || !line.get().text().isBlank()) {
                return Optional.of(row(line.get()));
            }
        }
        return Optional.empty();
    }

    @Override
    public long bytesRead() {
        return lines.bytesRead();
    }

    private static Row row(InputLines.Line line) {
        if (line.problem().isPresent()) {
            return bad(line, line.problem().get());
        }
        var object = object(line.text());
        return object.isPresent()
                ? draft(object.get()).judged(line.number())
                : bad(line, "is not a JSON object; write one a line with the fields " + DeviceField.all());
    }

    private static Optional<JsonNode> object(String text) {
        try {
            JsonNode node = OBJECT.readValue(text);
            return Optional.of(node).filter(JsonNode::isObject);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static DeviceDraft draft(JsonNode object) {
        var draft = new DeviceDraft();
        for (var property : object.properties()) {
            var name = property.getKey();
            var value = property.getValue();
            var field = DeviceField.labeled(name);
            if (READ_ONLY.contains(name)) {
                continue;
            }
            if (field.isEmpty()) {
                draft.error(name, "is not a field that is known here; those are " + DeviceField.all());
            } else if (field.get() == DeviceField.ENROLLMENT_MODELS) {
                models(draft, value);
            } else if (value.isTextual()) {
                draft.text(field.get(), value.textValue());
            } else if (!value.isNull()) {
                draft.error(name, "is not a string; put it in quotation marks");
            }
        }
        return draft;
    }

    private static void models(DeviceDraft draft, JsonNode value) {
        if (value.isNull()) {
            return;
        }
        var names = new ArrayList<String>();
        for (var name : value) {
            if (name.isTextual()) {
                names.add(name.textValue());
            }
        }
        if (value.isArray() && names.size() == value.size()) {
            draft.models(names);
        } else {
            draft.error(DeviceField.ENROLLMENT_MODELS.label(), "is not an array of strings; write it like [\"...\"]");
        }
    }

    private static Row bad(InputLines.Line line, String reason) {
        return new Row.Bad(line.number(), "", List.of(new FieldError("", reason)));
    }
}
