package dev.evenroll.cli.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.util.Map;

/// JSON from maps, lists, texts, numbers and truths, in the order of the map.
public final class Json {

    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private Json() {}

    /// Several indented lines.
    public static String document(Map<String, ?> fields) {
        return write(fields, true);
    }

    /// One line.
    public static String line(Map<String, ?> fields) {
        return write(fields, false);
    }

    /// Reads JSON.
    ///
    /// @throws IOException when the bytes are not one JSON value
    public static JsonNode parse(byte[] bytes) throws IOException {
        return MAPPER.readTree(bytes);
    }

    private static String write(Map<String, ?> fields, boolean indented) {
        try {
            var writer = MAPPER.writer();
            return (indented ? writer.with(SerializationFeature.INDENT_OUTPUT) : writer).writeValueAsString(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("fields: hold something that is not JSON", e);
        }
    }
}
