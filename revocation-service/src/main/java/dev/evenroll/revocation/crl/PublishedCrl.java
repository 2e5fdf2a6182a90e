package dev.evenroll.revocation.crl;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.crl.CrlName;
import java.time.Instant;
import java.util.List;

/// A signed list that relying parties may fetch; its signature has been verified.
///
/// @param name which list it is
/// @param number cRLNumber
/// @param thisUpdate when it was made
/// @param nextUpdate when the next one is there at the latest
/// @param addresses the URLs by which it names itself
/// @param entries how many certificates stand on it
/// @param der CertificateList, DER (RFC 5280 section 5.1)
public record PublishedCrl(
        CrlName name,
        long number,
        Instant thisUpdate,
        Instant nextUpdate,
        List<String> addresses,
        int entries,
        Der der) {

    public PublishedCrl {
        addresses = List.copyOf(addresses);
    }

    /// Whether relying parties still accept it.
    public boolean current(Instant now) {
        return !now.isAfter(nextUpdate);
    }
}
