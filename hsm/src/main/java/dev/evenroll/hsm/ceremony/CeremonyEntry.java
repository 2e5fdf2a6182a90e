package dev.evenroll.hsm.ceremony;

import dev.evenroll.pki.BouncyCastle;
import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.ceremony.CaRequest;
import dev.evenroll.pki.issuance.SerialNumber;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/// One line of the record of a ceremony: one step, and the line before it, so that none can be changed or left out
/// unseen.
///
/// Every value is text; empty where a step has none. The line is this JSON object without white space, its members in
/// this order, and `id` before them: the SHA-256 of the object without `id`, in hexadecimal digits.
///
/// @param previous id of the line before, empty in the first one
/// @param at ISO-8601 instant
/// @param operator who did it
/// @param authority name of the CA, or of the cross certificate
/// @param subject RFC 2253
/// @param keyId the subjectKeyIdentifier
/// @param key where the key is, in words; never a secret
public record CeremonyEntry(
        String previous,
        String at,
        CeremonyStep step,
        String environment,
        String operator,
        String authority,
        String subject,
        String keyId,
        String serialNumber,
        String notBefore,
        String notAfter,
        String activeFrom,
        String key,
        String certificateSha256) {

    static final String ID = "id";

    /// In characters; a record on a topic has room for four times as many bytes.
    static final int LONGEST_LINE = 100_000;

    /// SHA-256 over the UTF-8 bytes of the object without `id`, 64 lower-case hexadecimal digits.
    public String id() {
        return HexFormat.of()
                .formatHex(
                        BouncyCastle.sha256().digest(FlatJson.write(members()).getBytes(StandardCharsets.UTF_8)));
    }

    /// The line, without its end.
    String line() {
        var all = new LinkedHashMap<String, String>();
        all.put(ID, id());
        all.putAll(members());
        return FlatJson.write(all);
    }

    /// The members without `id`, in their order.
    public Map<String, String> members() {
        var members = new LinkedHashMap<String, String>();
        members.put("previous", previous);
        members.put("at", at);
        members.put("step", step.toString());
        members.put("environment", environment);
        members.put("operator", operator);
        members.put("authority", authority);
        members.put("subject", subject);
        members.put("keyId", keyId);
        members.put("serialNumber", serialNumber);
        members.put("notBefore", notBefore);
        members.put("notAfter", notAfter);
        members.put("activeFrom", activeFrom);
        members.put("key", key);
        members.put("certificateSha256", certificateSha256);
        return members;
    }

    /// Reads a line that [#line] wrote.
    ///
    /// @throws IllegalArgumentException when it is any other
    static CeremonyEntry read(String line) {
        var members = FlatJson.read(line);
        var entry = new CeremonyEntry(
                member(members, "previous"),
                member(members, "at"),
                CeremonyStep.named(member(members, "step"))
                        .orElseThrow(() -> new IllegalArgumentException("step: is unknown")),
                member(members, "environment"),
                member(members, "operator"),
                member(members, "authority"),
                member(members, "subject"),
                member(members, "keyId"),
                member(members, "serialNumber"),
                member(members, "notBefore"),
                member(members, "notAfter"),
                member(members, "activeFrom"),
                member(members, "key"),
                member(members, "certificateSha256"));
        if (!member(members, ID).equals(entry.id())) {
            throw new IllegalArgumentException("id: is not the SHA-256 of its content");
        }
        if (!entry.line().equals(line)) {
            throw new IllegalArgumentException("line: is not written as the ceremony writes it");
        }
        entry.requirePublishable(line.length());
        return entry;
    }

    /// What an event can carry: a time of its range, and no more text than a record has room for.
    private void requirePublishable(int characters) {
        if (characters > LONGEST_LINE) {
            throw new IllegalArgumentException(
                    "line: has " + characters + " characters, and the ceremony writes at most " + LONGEST_LINE);
        }
        try {
            var _ = Instant.parse(at).toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException("at: is no time of a ceremony", e);
        }
    }

    private static String member(Map<String, String> members, String name) {
        var value = members.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + ": is missing");
        }
        return value;
    }

    /// What a step leaves open until it is recorded: its place in the record.
    CeremonyEntry after(String id) {
        return new CeremonyEntry(
                id,
                at,
                step,
                environment,
                operator,
                authority,
                subject,
                keyId,
                serialNumber,
                notBefore,
                notAfter,
                activeFrom,
                key,
                certificateSha256);
    }

    CeremonyEntry about(String otherSubject, String otherKeyId) {
        return new CeremonyEntry(
                previous,
                at,
                step,
                environment,
                operator,
                authority,
                otherSubject,
                otherKeyId,
                serialNumber,
                notBefore,
                notAfter,
                activeFrom,
                key,
                certificateSha256);
    }

    CeremonyEntry with(X509Certificate certificate) {
        return new CeremonyEntry(
                previous,
                at,
                step,
                environment,
                operator,
                authority,
                Certificates.subject(certificate),
                CaRequest.keyId(certificate.getPublicKey()),
                new SerialNumber(certificate.getSerialNumber()).hex(),
                certificate.getNotBefore().toInstant().toString(),
                certificate.getNotAfter().toInstant().toString(),
                activeFrom,
                key,
                Certificates.sha256(certificate));
    }
}
