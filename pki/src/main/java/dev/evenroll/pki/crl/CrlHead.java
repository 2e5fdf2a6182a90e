package dev.evenroll.pki.crl;

import java.time.Instant;
import java.util.List;

/// What a revocation list says beside its entries and its issuer.
///
/// @param number cRLNumber, growing with every list of the same scope (RFC 5280 section 5.2.3); not negative
/// @param thisUpdate when the list was made
/// @param nextUpdate when the next one will be there at the latest
/// @param addresses the http URLs by which certificates name the list (distributionPoint of the
///     issuingDistributionPoint, RFC 5280 section 5.2.5); empty for the one list of a CA whose certificates name none
/// @param kind complete or delta
public record CrlHead(long number, Instant thisUpdate, Instant nextUpdate, List<String> addresses, CrlKind kind) {
    public CrlHead {
        addresses = List.copyOf(addresses);
        if (number < 0) {
            throw new IllegalArgumentException("cRLNumber: must not be negative");
        }
        if (!thisUpdate.isBefore(nextUpdate)) {
            throw new IllegalArgumentException("nextUpdate: must lie after thisUpdate");
        }
        if (kind instanceof CrlKind.Delta(long base) && base >= number) {
            throw new IllegalArgumentException("deltaCRLIndicator: " + base + " is not below the cRLNumber " + number);
        }
    }
}
