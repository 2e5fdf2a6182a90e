package dev.evenroll.cli.administration;

import dev.evenroll.cli.retry.FaultException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// A device as the registry holds it.
///
/// @param state `registered`, `enrolled`, or one that a newer registry knows
/// @param revision number of applied changes, from 1
public record Device(String deviceId, DeviceEntry entry, String state, Instant registeredAt, long revision) {

    static Device read(Fields fields) throws FaultException {
        var entry = new DeviceEntry(
                fields.text("manufacturer"),
                fields.text("model"),
                fields.text("ocppIdentity"),
                fields.text("owner"),
                fields.text("site"));
        return new Device(
                fields.text("deviceId"),
                entry,
                fields.text("state").toLowerCase(Locale.ROOT),
                fields.instant("registeredAt"),
                fields.number("revision"));
    }

    /// As in the JSON of the registry.
    public Map<String, Object> fields() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("deviceId", deviceId);
        fields.putAll(entry.fields());
        fields.put("state", state);
        fields.put("registeredAt", registeredAt.toString());
        fields.put("revision", revision);
        return fields;
    }
}
