package dev.evenroll.revocation.crl;

import dev.evenroll.pki.Der;
import java.time.Instant;

/// A signed list that relying parties may fetch; its signature has been verified.
///
/// @param shard whose list it is
/// @param number cRLNumber
/// @param thisUpdate when it was made
/// @param nextUpdate when the next one is there at the latest
/// @param der CertificateList, DER (RFC 5280 section 5.1)
public record PublishedCrl(CrlShard shard, long number, Instant thisUpdate, Instant nextUpdate, Der der) {

    /// Whether relying parties still accept it.
    public boolean current(Instant now) {
        return !now.isAfter(nextUpdate);
    }
}
