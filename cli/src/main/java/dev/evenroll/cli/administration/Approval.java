package dev.evenroll.cli.administration;

import dev.evenroll.cli.retry.FaultException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// An enrollment that waits for a person, or waited for one.
///
/// @param reason why it waits
/// @param model the enrollment model by which it came
/// @param policy name of the policy that wants a person; empty when none does
/// @param requester who asked, as the audit log names it
/// @param keySha256 of the key to be certified; empty when the registry does not say
/// @param requesterSha256 of the requester's certificate; empty when there is none
/// @param decision what a person said; empty while it waits
public record Approval(
        String deviceId,
        String enrollmentId,
        Instant pendingSince,
        Instant expiresAt,
        String reason,
        String model,
        String policy,
        String policyVersion,
        String requester,
        String keySha256,
        String requesterSha256,
        String remoteAddress,
        Optional<Decision> decision) {

    /// What a person said.
    ///
    /// @param actor who
    /// @param reason why
    public record Decision(boolean approved, String actor, String reason, Instant decidedAt) {

        static Decision read(Fields fields) throws FaultException {
            return new Decision(
                    fields.truth("approved"),
                    fields.text("actor"),
                    fields.optionalText("reason").orElse(""),
                    fields.instant("decidedAt"));
        }

        Map<String, Object> fields() {
            var fields = new LinkedHashMap<String, Object>();
            fields.put("approved", approved);
            fields.put("actor", actor);
            fields.put("reason", reason);
            fields.put("decidedAt", decidedAt.toString());
            return fields;
        }
    }

    static Approval read(Fields fields) throws FaultException {
        return new Approval(
                fields.text("deviceId"),
                fields.text("enrollmentId"),
                fields.instant("pendingSince"),
                fields.instant("expiresAt"),
                fields.optionalText("reason").orElse(""),
                fields.optionalText("model").orElse("").toLowerCase(Locale.ROOT).replace('_', '-'),
                fields.optionalText("policy").orElse(""),
                fields.optionalText("policyVersion").orElse(""),
                fields.optionalText("requester").orElse(""),
                fields.optionalText("keySha256").orElse(""),
                fields.optionalText("requesterSha256").orElse(""),
                fields.optionalText("remoteAddress").orElse(""),
                fields.optional("decision", Decision::read));
    }

    /// For people and their programs.
    public Map<String, Object> fields() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("deviceId", deviceId);
        fields.put("enrollmentId", enrollmentId);
        fields.put("pendingSince", pendingSince.toString());
        fields.put("expiresAt", expiresAt.toString());
        fields.put("reason", reason);
        fields.put("model", model);
        fields.put("policy", policy);
        fields.put("policyVersion", policyVersion);
        fields.put("requester", requester);
        fields.put("keySha256", keySha256);
        fields.put("requesterSha256", requesterSha256);
        fields.put("remoteAddress", remoteAddress);
        decision.ifPresent(said -> fields.put("decision", said.fields()));
        return fields;
    }
}
