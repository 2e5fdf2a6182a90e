package dev.evenroll.revocation.life;

import dev.evenroll.pki.crl.CrlReason;
import dev.evenroll.pki.identity.CertificateId;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// An order to revoke a certificate, to put it on hold, or to release it from hold.
///
/// @param certificateId which certificate
/// @param reason why (RFC 5280 section 5.3.1): one that [#REASONS] holds revokes, certificateHold puts on hold,
///     removeFromCRL releases
/// @param actor who ordered it: the `upn` or `sub` of the bearer token
/// @param orderedAt when
/// @param cause what led to it, in a sentence; empty when a person ordered just this
public record RevocationOrder(
        CertificateId certificateId, CrlReason reason, String actor, Instant orderedAt, String cause) {

    /// What an order does.
    public enum Kind {
        REVOKE,
        HOLD,
        RELEASE
    }

    /// What a device's certificate can be revoked for, for ever. The reasons that speak of CAs and attribute
    /// authorities are left out.
    public static final Set<CrlReason> REASONS = EnumSet.of(
            CrlReason.UNSPECIFIED,
            CrlReason.KEY_COMPROMISE,
            CrlReason.AFFILIATION_CHANGED,
            CrlReason.SUPERSEDED,
            CrlReason.CESSATION_OF_OPERATION,
            CrlReason.PRIVILEGE_WITHDRAWN);

    public RevocationOrder {
        kind(reason);
    }

    /// A person's order.
    public RevocationOrder(CertificateId certificateId, CrlReason reason, String actor, Instant orderedAt) {
        this(certificateId, reason, actor, orderedAt, "");
    }

    public Kind kind() {
        return kind(reason);
    }

    private static Kind kind(CrlReason reason) {
        if (reason == CrlReason.CERTIFICATE_HOLD) {
            return Kind.HOLD;
        }
        if (reason == CrlReason.REMOVE_FROM_CRL) {
            return Kind.RELEASE;
        }
        if (REASONS.contains(reason)) {
            return Kind.REVOKE;
        }
        throw new IllegalArgumentException("reason: " + reason.text() + " is not one of " + reasonNames() + ", "
                + CrlReason.CERTIFICATE_HOLD.text() + ", " + CrlReason.REMOVE_FROM_CRL.text());
    }

    /// The reason for ever that a person wrote: `keyCompromise`, `key-compromise` and `KEY_COMPROMISE` are the same.
    public static Optional<CrlReason> reason(String written) {
        return REASONS.stream()
                .filter(reason -> plain(reason.name()).equals(plain(written)))
                .findFirst();
    }

    /// The reasons for ever by their names in the standard, for messages.
    public static List<String> reasonNames() {
        return Arrays.stream(CrlReason.values())
                .filter(REASONS::contains)
                .map(CrlReason::text)
                .toList();
    }

    private static String plain(String name) {
        return name.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
    }
}
