package dev.evenroll.revocation.crl;

import dev.evenroll.pki.crl.CrlReason;
import dev.evenroll.pki.crl.RevokedEntry;
import java.time.Instant;

/// A revoked certificate as its shard keeps it, one on hold, or one that was released from hold.
///
/// @param serialNumber lower-case hexadecimal digits
/// @param revokedAt when it became so
/// @param reason why; certificateHold of one on hold, removeFromCRL of one that was released
/// @param notAfter end of the certificate's validity
/// @param sinceNumber number of the first list that can hold it; delta lists hold those above their base
public record RevokedCertificate(
        String serialNumber, Instant revokedAt, CrlReason reason, Instant notAfter, long sinceNumber) {

    /// Whether it stands on complete lists. One that was released is said on delta lists only, to those who have a list
    /// with it (RFC 5280 sections 5.2.4 and 5.3.1).
    public boolean standsOnCompleteLists() {
        return reason != CrlReason.REMOVE_FROM_CRL;
    }

    /// Whether it is revoked for ever.
    public boolean isFinal() {
        return reason != CrlReason.REMOVE_FROM_CRL && reason != CrlReason.CERTIFICATE_HOLD;
    }

    /// Whether nobody needs to hear of its release any more: delta lists are relative to a list without it.
    ///
    /// @param base cRLNumber of the list that delta lists are relative to; 0 while there is none
    public boolean isOver(long base) {
        return !standsOnCompleteLists() && sinceNumber <= base;
    }

    /// Whether it has stood on one list that was made after its expiry, when the list with this thisUpdate
    /// has been made: only then it may leave (RFC 5280 section 3.3).
    public boolean leavesAfter(Instant thisUpdate) {
        return thisUpdate.isAfter(notAfter);
    }

    /// Its line on the list. The date lies [CrlSchedule#CLOCK_TOLERANCE] before the revocation, the
    /// same on every list: the issuer's clock may be behind, and it refuses a list that speaks of the
    /// future.
    public RevokedEntry entry() {
        return new RevokedEntry(serialNumber, revokedAt.minus(CrlSchedule.CLOCK_TOLERANCE), reason);
    }
}
