package dev.evenroll.pki.issuance;

import dev.evenroll.pki.Der;
import java.time.Instant;

/// A certificate that lacks only its signature.
///
/// @param tbsCertificate the bytes to be signed, DER (RFC 5280 section 4.1)
/// @param serialNumber the serial number inside
/// @param notBefore the first second of validity
/// @param notAfter the last second of validity
public record PreparedCertificate(Der tbsCertificate, SerialNumber serialNumber, Instant notBefore, Instant notAfter) {}
