package dev.evenroll.revocation.life;

import dev.evenroll.pki.crl.CrlReason;
import java.time.Instant;

/// A certificate in the inventory and how far its life has come.
///
/// | state | what happens | next state | what follows |
/// |---|---|---|---|
/// | (unknown) | it is issued | [Issued] | `certificate.status` |
/// | (unknown) | its revocation is ordered | (unknown) | dead letter |
/// | [Issued] | it is issued, the same again | [Issued] | nothing |
/// | [Issued] | its revocation is ordered | [Revoked] | `certificate.status`, `certificate.revoked`, a new CRL |
/// | [Revoked] | it is issued, the same again | [Revoked] | nothing |
/// | [Revoked] | its revocation is ordered again | [Revoked] | nothing: the first date and reason stand |
///
/// An expired certificate can still be revoked: whoever checks an old signature wants to know.
public sealed interface CertificateLife {

    IssuedCertificate certificate();

    /// Signed and not revoked.
    ///
    /// @param issuedAt when it was signed
    record Issued(IssuedCertificate certificate, Instant issuedAt) implements CertificateLife {

        /// Ends the life of the certificate.
        ///
        /// @param now the time of the revocation. An order may come from a machine whose clock is ahead:
        ///     the earlier time counts, because a CRL that speaks of the future would be refused by the
        ///     issuer, and with it every other entry.
        public Revoked revoke(RevocationOrder order, Instant now) {
            var revokedAt = order.orderedAt().isAfter(now) ? now : order.orderedAt();
            return new Revoked(certificate, revokedAt, order.reason());
        }
    }

    /// Revoked, for ever.
    ///
    /// @param revokedAt when it was revoked
    /// @param reason why
    record Revoked(IssuedCertificate certificate, Instant revokedAt, CrlReason reason) implements CertificateLife {}
}
