package dev.evenroll.cli.administration;

import dev.evenroll.cli.retry.FaultException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A renewal that is due, or will be.
///
/// @param ocppIdentity name of the station in the OCPP connection URL
/// @param certificateId what is to be renewed
/// @param dueAt when it is due, or became so
/// @param said what was last said of it: `routine`, `soon`, `urgent`, `overdue`, or what a newer inventory says
public record Renewal(
        String deviceId,
        Optional<String> ocppIdentity,
        Optional<String> site,
        String certificateId,
        String profile,
        Instant notAfter,
        Instant dueAt,
        Optional<String> said) {

    static Renewal read(Fields fields) throws FaultException {
        return new Renewal(
                fields.text("deviceId"),
                fields.optionalText("ocppIdentity"),
                fields.optionalText("site"),
                fields.text("certificateId"),
                fields.text("profile"),
                fields.instant("notAfter"),
                fields.instant("dueAt"),
                fields.optionalText("said"));
    }

    /// As in the JSON of the inventory; what is absent is left out.
    public Map<String, Object> fields() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("deviceId", deviceId);
        ocppIdentity.ifPresent(name -> fields.put("ocppIdentity", name));
        site.ifPresent(name -> fields.put("site", name));
        fields.put("certificateId", certificateId);
        fields.put("profile", profile);
        fields.put("notAfter", notAfter.toString());
        fields.put("dueAt", dueAt.toString());
        said.ifPresent(step -> fields.put("said", step));
        return fields;
    }
}
