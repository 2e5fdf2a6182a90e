package dev.evenroll.issuer.issuance;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.profile.Assurance;

/// A prepared certificate as it was read back, with what its record says of it. Not trusted to agree with itself.
///
/// @param deviceId serial number of the device: should be the CN inside
/// @param profile name of the profile it was prepared under
/// @param issuerKeyId subjectKeyIdentifier of the CA that should sign, lower-case hex
/// @param serialNumber should be the serial number inside, lower-case hex
/// @param tbsCertificate what would be signed, DER (RFC 5280 section 4.1)
/// @param assurance what is known of where the key lives
/// @param forResponder whether it was asked for by an OCSP responder, and not by a device
public record PreparedEnrollment(
        String deviceId,
        String profile,
        String issuerKeyId,
        String serialNumber,
        Der tbsCertificate,
        Assurance assurance,
        boolean forResponder) {}
