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
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The approvals of a csr-validator in memory, with its pages. Its only registered device is CP-1; bob decides.
public final class FakeApprovals implements Function<Request, Answer> {

    private static final String DEVICE = """
            {"deviceId":"CP-1","manufacturer":"acme","model":"X1","ocppIdentity":"CP-1","owner":"Owner","site":"Depot",
             "enrollmentModels":["factory"],"state":"quarantined","registeredAt":"2026-11-22T12:00:00Z","revision":7}""";

    private final ConcurrentSkipListMap<String, ObjectNode> approvals = new ConcurrentSkipListMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> orders = new CopyOnWriteArrayList<>();
    private volatile @Nullable Answer refusal;

    /// Methods, paths and queries, in the order of their coming.
    public List<String> requests() {
        return requests;
    }

    /// Bodies of the decisions.
    public List<String> orders() {
        return orders;
    }

    public void wait(String deviceId, String enrollmentId, String expiresAt) {
        var approval = JsonNodeFactory.instance
                .objectNode()
                .put("deviceId", deviceId)
                .put("enrollmentId", enrollmentId)
                .put("pendingSince", "2026-11-19T12:00:00Z")
                .put("expiresAt", expiresAt)
                .put("reason", "The device is in quarantine.")
                .put("model", "just-in-time")
                .put("policy", "pilot")
                .put("policyVersion", "2026-11-a@0123456789ab")
                .put("requester", "CN=" + deviceId)
                .put("keySha256", "3f".repeat(32))
                .put("requesterSha256", "7e".repeat(32))
                .put("remoteAddress", "192.0.2.7");
        approval.putNull("decision");
        approvals.put(deviceId + "/" + enrollmentId, approval);
    }

    /// Bob has decided it before.
    public void decide(String deviceId, String enrollmentId, boolean approved) {
        decide(deviceId + "/" + enrollmentId, approved, "known by sight");
    }

    /// Every decision is answered so from now on.
    public void refuse(int status, String json) {
        refusal = new Answer(status, json);
    }

    private Answer decide(String key, boolean approved, String reason) {
        var approval = approvals.get(key);
        if (approval == null) {
            return new Answer(404, "{\"detail\":\"There is no such enrollment.\"}");
        }
        approval.putObject("decision")
                .put("approved", approved)
                .put("actor", "bob")
                .put("reason", reason)
                .put("decidedAt", "2026-11-21T12:00:00Z");
        return new Answer(200, approval.toString());
    }

    @Override
    public Answer apply(Request request) {
        requests.add(request.line());
        if (request.line().equals("GET /devices/CP-1")) {
            return new Answer(200, DEVICE);
        }
        if (request.line().startsWith("GET /approvals?")) {
            return page(query(request));
        }
        if (!request.line().startsWith("POST /approvals/")) {
            return new Answer(404, "{\"detail\":\"There is no such thing.\"}");
        }
        orders.add(request.body());
        var refused = refusal;
        var order = parse(request.body());
        return refused != null
                ? refused
                : decide(
                        request.line().substring("POST /approvals/".length()),
                        order.path("approved").asBoolean(),
                        order.path("reason").asText());
    }

    private Answer page(Map<String, String> query) {
        int limit = Integer.parseInt(query.getOrDefault("limit", "100"));
        var page = JsonNodeFactory.instance.objectNode();
        var shown = page.putArray("approvals");
        var last = "";
        for (var entry :
                approvals.tailMap(query.getOrDefault("after", ""), false).entrySet()) {
            var approval = entry.getValue();
            boolean asked = approval.path("deviceId")
                            .asText()
                            .equals(query.getOrDefault(
                                    "device", approval.path("deviceId").asText()))
                    && (!query.containsKey("decided")
                            || approval.path("decision").isObject() == Boolean.parseBoolean(query.get("decided")));
            if (asked && shown.size() == limit) {
                page.put("next", last);
                break;
            }
            if (asked) {
                shown.add(approval);
                last = entry.getKey();
            }
        }
        return new Answer(200, page.toString());
    }

    private static Map<String, String> query(Request request) {
        var values = new HashMap<String, String>();
        for (var pair :
                URI.create(request.line().substring("GET ".length())).getQuery().split("&", -1)) {
            int equals = pair.indexOf('=');
            values.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return values;
    }

    private static JsonNode parse(String text) {
        try {
            return Json.parse(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
