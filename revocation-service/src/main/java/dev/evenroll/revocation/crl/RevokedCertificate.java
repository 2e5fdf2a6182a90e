package dev.evenroll.revocation.crl;

import dev.evenroll.pki.crl.CrlReason;
import dev.evenroll.pki.crl.RevokedEntry;
import java.time.Instant;

/// A revoked certificate as its shard keeps it.
///
/// @param serialNumber lower-case hexadecimal digits
/// @param notAfter end of the certificate's validity
/// @param sinceNumber number of the first list that can hold it; delta lists hold those above their base
public record RevokedCertificate(
        String serialNumber, Instant revokedAt, CrlReason reason, Instant notAfter, long sinceNumber) {

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
