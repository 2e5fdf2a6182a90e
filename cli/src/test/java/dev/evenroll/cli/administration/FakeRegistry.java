package dev.evenroll.cli.administration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.evenroll.cli.administration.StubAdministration.Answer;
import dev.evenroll.cli.administration.StubAdministration.Request;
import dev.evenroll.cli.output.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/// A registry that keeps its devices in memory, with the batches and the pages of the real one.
public final class FakeRegistry implements Function<Request, Answer> {

    private static final String BATCH = "POST /devices/batch";
    private static final String AT = "2026-11-22T12:00:00Z";

    private final ConcurrentSkipListMap<String, ObjectNode> devices = new ConcurrentSkipListMap<>();
    private final Map<String, Answer> batches = new ConcurrentHashMap<>();
    private final List<String> keys = new CopyOnWriteArrayList<>();

    /// The devices as they were sent, by id.
    public Map<String, ObjectNode> devices() {
        return devices;
    }

    /// The idempotency key of each batch that came, in the order of their coming.
    public List<String> keys() {
        return keys;
    }

    @Override
    public Answer apply(Request request) {
        try {
            if (request.line().startsWith(BATCH)) {
                keys.add(request.header("Idempotency-key"));
                return batches.computeIfAbsent(request.header("Idempotency-key"), _ -> batch(request));
            }
            return request.line().startsWith("GET /devices?") ? page(request) : new Answer(404, "{}");
        } catch (UncheckedIOException e) {
            return new Answer(400, "{\"detail\":\"not JSON\"}");
        }
    }

    private Answer batch(Request request) {
        boolean update = request.line().endsWith("update=true");
        var rows = JsonNodeFactory.instance.arrayNode();
        var warnings = JsonNodeFactory.instance.arrayNode();
        int line = 0;
        for (var text : request.body().split("\n", -1)) {
            if (text.isEmpty()) {
                continue;
            }
            var device = parse(text);
            var row = rows.addObject()
                    .put("line", ++line)
                    .put("deviceId", device.path("deviceId").asText());
            enter(device, update, row);
            if (device.path("manufacturer").asText().equals("initech") && warnings.isEmpty()) {
                warnings.add("manufacturer: there is no trust anchor named \"initech\"");
            }
        }
        return new Answer(200, "{\"rows\":" + rows + (warnings.isEmpty() ? "" : ",\"warnings\":" + warnings) + "}");
    }

    private void enter(ObjectNode device, boolean update, ObjectNode row) {
        var id = device.path("deviceId").asText();
        var errors = row.putArray("errors");
        var before = devices.get(id);
        if (before == null) {
            devices.put(id, device);
            row.put("result", "registered");
        } else if (before.equals(device)) {
            row.put("result", "unchanged");
        } else if (update) {
            devices.put(id, device);
            row.put("result", "updated");
        } else {
            row.put("result", "refused");
            for (var field : before.properties()) {
                if (!field.getValue().equals(device.get(field.getKey()))) {
                    errors.addObject()
                            .put("field", field.getKey())
                            .put(
                                    "reason",
                                    "is registered as \"" + field.getValue().asText() + "\"");
                }
            }
        }
    }

    private Answer page(Request request) {
        var query = query(request);
        int limit = Integer.parseInt(query.getOrDefault("limit", "100"));
        var page = JsonNodeFactory.instance.objectNode();
        var shown = page.putArray("devices");
        var all = devices.tailMap(query.getOrDefault("after", ""), false);
        for (var device : all.values()) {
            if (shown.size() == limit) {
                page.put("next", shown.get(limit - 1).path("deviceId").asText());
                break;
            }
            shown.add(shown(device));
        }
        return new Answer(200, page.toString());
    }

    /// As the registry shows it: everything filled in.
    private static JsonNode shown(ObjectNode device) {
        var shown = JsonNodeFactory.instance.objectNode();
        shown.putArray("enrollmentModels").add("FACTORY");
        shown.putNull("idevidSha256").putNull("keySha256");
        shown.put("state", "REGISTERED")
                .put("registeredAt", AT)
                .put("changedAt", AT)
                .put("revision", 1);
        shown.setAll(device);
        return shown;
    }

    private static Map<String, String> query(Request request) {
        var values = new HashMap<String, String>();
        var query = URI.create(request.line().substring("GET ".length())).getRawQuery();
        for (var pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            values.put(
                    pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return values;
    }

    private static ObjectNode parse(String text) {
        try {
            return (ObjectNode) Json.parse(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
