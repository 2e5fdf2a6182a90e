package dev.evenroll.cli.administration;

import dev.evenroll.cli.retry.FaultException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A public key as the registry knows it: whose it is, what certifies it, whether it is blocked.
///
/// @param keySha256 SHA-256 of its SubjectPublicKeyInfo, hexadecimal digits
/// @param deviceId whose it is, for ever; empty when nobody has claimed it
/// @param certificateIds the certificates that carry it
/// @param block who blocked it; empty when it is not blocked
public record ClaimedKey(
        String keySha256,
        Optional<String> deviceId,
        Optional<Instant> claimedAt,
        List<String> certificateIds,
        Optional<Block> block) {

    /// A person's order that the key may not be certified any more.
    public record Block(String actor, String reason, Instant blockedAt) {

        static Block read(Fields fields) throws FaultException {
            return new Block(
                    fields.text("actor"), fields.optionalText("reason").orElse(""), fields.instant("blockedAt"));
        }

        Map<String, Object> fields() {
            var fields = new LinkedHashMap<String, Object>();
            fields.put("actor", actor);
            fields.put("reason", reason);
            fields.put("blockedAt", blockedAt.toString());
            return fields;
        }
    }

    public ClaimedKey {
        certificateIds = List.copyOf(certificateIds);
    }

    static ClaimedKey read(Fields fields) throws FaultException {
        return new ClaimedKey(
                fields.text("keySha256"),
                fields.optionalText("deviceId").filter(id -> !id.isEmpty()),
                fields.optionalInstant("claimedAt"),
                fields.texts("certificateIds"),
                fields.optional("block", Block::read));
    }

    /// For people and their programs; what is absent is left out.
    public Map<String, Object> fields() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("keySha256", keySha256);
        deviceId.ifPresent(id -> fields.put("deviceId", id));
        claimedAt.ifPresent(at -> fields.put("claimedAt", at.toString()));
        fields.put("certificateIds", certificateIds);
        block.ifPresent(order -> fields.put("block", order.fields()));
        return fields;
    }
}
