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

/// A person's order to revoke a certificate.
///
/// @param certificateId which certificate
/// @param reason why (RFC 5280 section 5.3.1), one that [#REASONS] holds
/// @param actor who ordered it: the `upn` or `sub` of the bearer token
/// @param orderedAt when
public record RevocationOrder(CertificateId certificateId, CrlReason reason, String actor, Instant orderedAt) {

    /// What a device's certificate can be revoked for. certificateHold is left out, since revocation is
    /// final here; so are the reasons that speak of CAs and attribute authorities.
    public static final Set<CrlReason> REASONS = EnumSet.of(
            CrlReason.UNSPECIFIED,
            CrlReason.KEY_COMPROMISE,
            CrlReason.AFFILIATION_CHANGED,
            CrlReason.SUPERSEDED,
            CrlReason.CESSATION_OF_OPERATION,
            CrlReason.PRIVILEGE_WITHDRAWN);

    public RevocationOrder {
        if (!REASONS.contains(reason)) {
            throw new IllegalArgumentException("reason: " + reason.text() + " is not one of " + reasonNames());
        }
    }

    /// The reason that a person wrote: `keyCompromise`, `key-compromise` and `KEY_COMPROMISE` are the same.
    public static Optional<CrlReason> reason(String written) {
        return REASONS.stream()
                .filter(reason -> plain(reason.name()).equals(plain(written)))
                .findFirst();
    }

    /// The reasons by their names in the standard, for messages.
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
