package dev.evenroll.pki.crl;

import dev.evenroll.pki.issuance.SerialNumber;
import java.time.Instant;

/// One line of a revocation list (RFC 5280 section 5.1.2.6).
///
/// @param serialNumberHex the serial number in hexadecimal digits, as in a certificate id
/// @param revokedAt when the CA processed the revocation
/// @param reason removeFromCRL in delta lists only (RFC 5280 section 5.3.1)
public record RevokedEntry(String serialNumberHex, Instant revokedAt, CrlReason reason) {
    public RevokedEntry {
        serialNumberHex = SerialNumber.parse(serialNumberHex).hex();
    }
}
