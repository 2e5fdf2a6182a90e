package dev.evenroll.cli.administration;

import dev.evenroll.cli.retry.FaultException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A certificate as the inventory knows it.
///
/// @param certificateId issuer key id, hyphen, serial number
/// @param issuer the CA that issued it
/// @param state `issued`, `installed`, `superseded`, `on-hold`, `revoked`, `expired`, or one that a newer inventory
///     knows
/// @param profile name of its profile; empty when the inventory does not say
/// @param installedAt when its device was first seen with it
/// @param supersededAt when it was retired for a later one
/// @param heldAt since when it is on hold
/// @param revokedAt when it is revoked
/// @param reason why it is revoked
/// @param pem the certificate itself; not in lists
/// @param crlUrl where it stands once it is revoked; not in lists
public record Certificate(
        String certificateId,
        String issuer,
        String serialNumber,
        String deviceId,
        String enrollmentId,
        String state,
        Instant notBefore,
        Instant notAfter,
        Optional<String> profile,
        Optional<Instant> installedAt,
        Optional<Instant> supersededAt,
        Optional<Instant> heldAt,
        Optional<Instant> revokedAt,
        Optional<String> reason,
        Optional<String> pem,
        Optional<String> crlUrl) {

    static Certificate read(Fields fields) throws FaultException {
        return new Certificate(
                fields.text("certificateId"),
                fields.text("issuer"),
                fields.text("serialNumber"),
                fields.text("deviceId"),
                fields.text("enrollmentId"),
                fields.text("state").toLowerCase(Locale.ROOT),
                fields.instant("notBefore"),
                fields.instant("notAfter"),
                fields.optionalText("profile").filter(name -> !name.isEmpty()),
                fields.optionalInstant("installedAt"),
                fields.optionalInstant("supersededAt"),
                fields.optionalInstant("heldAt"),
                fields.optionalInstant("revokedAt"),
                fields.optionalText("reason"),
                fields.optionalText("pem"),
                fields.optionalText("crlUrl"));
    }

    /// Whether it is revoked, for ever.
    public boolean isRevoked() {
        return state.equals("revoked");
    }

    /// Whether nobody can use it any more.
    public boolean hasEnded() {
        return isRevoked() || state.equals("expired");
    }

    /// As in the JSON of the inventory; what is absent is left out.
    public Map<String, Object> fields() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("certificateId", certificateId);
        fields.put("issuer", issuer);
        fields.put("serialNumber", serialNumber);
        fields.put("deviceId", deviceId);
        fields.put("enrollmentId", enrollmentId);
        fields.put("state", state);
        fields.put("notBefore", notBefore.toString());
        fields.put("notAfter", notAfter.toString());
        profile.ifPresent(name -> fields.put("profile", name));
        installedAt.ifPresent(at -> fields.put("installedAt", at.toString()));
        supersededAt.ifPresent(at -> fields.put("supersededAt", at.toString()));
        heldAt.ifPresent(at -> fields.put("heldAt", at.toString()));
        revokedAt.ifPresent(at -> fields.put("revokedAt", at.toString()));
        reason.ifPresent(why -> fields.put("reason", why));
        crlUrl.ifPresent(url -> fields.put("crlUrl", url));
        pem.ifPresent(text -> fields.put("pem", text));
        return fields;
    }
}
