package dev.evenroll.pki.issuance;

import dev.evenroll.pki.profile.Profile;
import dev.evenroll.pki.profile.Subject;
import java.time.Instant;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/// What a certificate is to say.
///
/// @param issuer who signs it
/// @param profile what all of its kind say
/// @param subject of the registry; what the profile has no room for is left out
/// @param subjectPublicKey of the device
/// @param serialNumber fresh; decides the shard of the revocation list
/// @param notBefore the first second of validity
/// @param notAfter the last second of validity
public record CertificateContents(
        IssuingCertificate issuer,
        Profile profile,
        Subject subject,
        SubjectPublicKeyInfo subjectPublicKey,
        SerialNumber serialNumber,
        Instant notBefore,
        Instant notAfter) {}
