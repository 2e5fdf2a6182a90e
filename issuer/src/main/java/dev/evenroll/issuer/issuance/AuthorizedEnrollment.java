package dev.evenroll.issuer.issuance;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.profile.Assurance;

/// What csr-validator has decided about an enrollment, as far as a certificate depends on it. Not trusted to be
/// well-formed.
///
/// @param deviceId serial number of the device: the CN
/// @param profile name of the certificate profile
/// @param organization name of the charging station operator: the O
/// @param subjectPublicKeyInfo key to certify, DER (RFC 5280 section 4.1.2.7)
/// @param assurance what is known of where the key lives
public record AuthorizedEnrollment(
        String deviceId, String profile, String organization, Der subjectPublicKeyInfo, Assurance assurance) {}
