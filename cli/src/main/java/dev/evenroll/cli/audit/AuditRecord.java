package dev.evenroll.cli.audit;

import dev.evenroll.schemas.event.AuditRecorded;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/// One record of the audit log. The meaning of each field is that of the Avro record `AuditRecorded`.
public record AuditRecord(
        Instant occurredAt,
        Instant recordedAt,
        String eventId,
        String event,
        String entity,
        String actor,
        String outcome,
        String message,
        Map<String, String> attributes,
        String eventSha256) {

    public AuditRecord {
        attributes = Map.copyOf(attributes);
    }

    static AuditRecord of(AuditRecorded recorded) {
        return new AuditRecord(
                recorded.getOccurredAt(),
                recorded.getRecordedAt(),
                recorded.getEventId(),
                recorded.getEvent(),
                recorded.getEntity(),
                recorded.getActor(),
                recorded.getOutcome(),
                recorded.getMessage(),
                recorded.getAttributes(),
                recorded.getEventSha256());
    }

    /// For JSON.
    public Map<String, Object> fields() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("occurredAt", occurredAt.toString());
        fields.put("recordedAt", recordedAt.toString());
        fields.put("eventId", eventId);
        fields.put("event", event);
        fields.put("entity", entity);
        fields.put("actor", actor);
        fields.put("outcome", outcome);
        fields.put("message", message);
        fields.put("attributes", new TreeMap<>(attributes));
        fields.put("eventSha256", eventSha256);
        return fields;
    }
}
