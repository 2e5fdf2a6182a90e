package dev.evenroll.pki.ocsp;

import dev.evenroll.pki.crl.CrlReason;
import java.time.Instant;

/// What is known of a certificate (CertStatus, RFC 6960 section 4.2.1).
public sealed interface OcspStatus {
    /// It is not revoked.
    record Good() implements OcspStatus {}

    /// It is revoked, for ever or, with [CrlReason#CERTIFICATE_HOLD], for now.
    ///
    /// @param at when the CA processed the revocation, in whole seconds: a fraction is cut off
    /// @param reason [CrlReason#UNSPECIFIED] is not written; removeFromCRL is none
    record Revoked(Instant at, CrlReason reason) implements OcspStatus {
        public Revoked {
            at = OcspTime.wholeSeconds(at, "revocationTime");
            if (reason == CrlReason.REMOVE_FROM_CRL) {
                throw new IllegalArgumentException(
                        "revocationReason: removeFromCRL belongs into lists; a certificate that is released is good");
            }
        }
    }

    /// The responder does not know it: no CA that it answers for is known to have issued it.
    record Unknown() implements OcspStatus {}
}
