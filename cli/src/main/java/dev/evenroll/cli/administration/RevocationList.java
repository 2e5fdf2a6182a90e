package dev.evenroll.cli.administration;

import dev.evenroll.cli.retry.FaultException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A revocation list of a CA.
///
/// @param issuerKeyId key id of the CA
/// @param shard number of the list, from 0
/// @param signed what is served; empty when none is signed yet
/// @param delta the list of what has changed; empty when there is none
/// @param unsignedSince since when a list waits for its signature that should have it by now
public record RevocationList(
        String issuerKeyId,
        int shard,
        Optional<Signed> signed,
        Optional<Delta> delta,
        Optional<Instant> unsignedSince) {

    /// A list that relying parties may fetch.
    ///
    /// @param revoked certificates on it
    /// @param urls where certificates say that it is
    public record Signed(long number, long revoked, Instant thisUpdate, Instant nextUpdate, List<String> urls) {}

    /// A delta list.
    ///
    /// @param revoked certificates on it
    public record Delta(long number, long revoked) {}

    static RevocationList read(Fields fields) throws FaultException {
        return new RevocationList(
                fields.text("issuerKeyId"),
                Math.toIntExact(fields.number("shard")),
                fields.has("crlNumber") ? Optional.of(signed(fields)) : Optional.empty(),
                fields.has("deltaCrlNumber")
                        ? Optional.of(new Delta(fields.number("deltaCrlNumber"), fields.number("deltaRevoked")))
                        : Optional.empty(),
                fields.optionalInstant("unsignedSince"));
    }

    private static Signed signed(Fields fields) throws FaultException {
        return new Signed(
                fields.number("crlNumber"),
                fields.number("revoked"),
                fields.instant("thisUpdate"),
                fields.instant("nextUpdate"),
                fields.texts("urls"));
    }

    /// As in the JSON of the inventory; what is absent is left out.
    public Map<String, Object> fields() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("issuerKeyId", issuerKeyId);
        fields.put("shard", shard);
        signed.ifPresent(list -> {
            fields.put("crlNumber", list.number());
            fields.put("revoked", list.revoked());
            fields.put("thisUpdate", list.thisUpdate().toString());
            fields.put("nextUpdate", list.nextUpdate().toString());
            fields.put("urls", list.urls());
        });
        delta.ifPresent(list -> {
            fields.put("deltaCrlNumber", list.number());
            fields.put("deltaRevoked", list.revoked());
        });
        unsignedSince.ifPresent(since -> fields.put("unsignedSince", since.toString()));
        return fields;
    }
}
