package dev.evenroll.cli.administration;

import dev.evenroll.cli.retry.FaultException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A device as the registry holds it.
///
/// @param state `registered`, `enrolled`, `suspended`, `quarantined`, `decommissioned`, or one that a newer
/// registry knows
/// @param stateReason why it was suspended, quarantined or decommissioned
/// @param certificateNotAfter the end of its present certificate
/// @param revision number of applied changes, from 1: the entity tag
public record Device(
        String deviceId,
        DeviceEntry entry,
        String state,
        Optional<String> stateReason,
        Instant registeredAt,
        Optional<Instant> changedAt,
        Optional<Instant> certificateNotAfter,
        long revision) {

    static Device read(Fields fields) throws FaultException {
        return new Device(
                fields.text("deviceId"),
                DeviceEntry.read(fields),
                fields.text("state").toLowerCase(Locale.ROOT),
                fields.optionalText("stateReason").filter(reason -> !reason.isEmpty()),
                fields.instant("registeredAt"),
                fields.optionalInstant("changedAt"),
                fields.optionalInstant("certificateNotAfter"),
                fields.number("revision"));
    }

    /// For people and their programs; what is absent is left out.
    public Map<String, Object> fields() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("deviceId", deviceId);
        fields.putAll(entry.fields());
        fields.put("state", state);
        stateReason.ifPresent(reason -> fields.put("stateReason", reason));
        fields.put("registeredAt", registeredAt.toString());
        changedAt.ifPresent(at -> fields.put("changedAt", at.toString()));
        certificateNotAfter.ifPresent(end -> fields.put("certificateNotAfter", end.toString()));
        fields.put("revision", revision);
        return fields;
    }
}
