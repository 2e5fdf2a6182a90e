package dev.evenroll.pki.issuance;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.profile.Profile;
import dev.evenroll.pki.profile.Subject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/// The building of a TBSCertificate (RFC 5280 section 4.1) from what the CA, the profile and the registry
/// say.
///
/// The same arguments give the same bytes. Whether they may be signed, [dev.evenroll.pki.lint.TbsLinter]
/// says: an expired CA or a weak key is found there.
///
/// Step 4 of the enrollment cycle.
public final class CertificatePreparation {
    private CertificatePreparation() {}

    /// Builds the certificate to be signed.
    ///
    /// Valid from `now` minus the profile's back-date, for the profile's validity less the jitter of the serial
    /// number, but neither earlier than the CA's certificate nor longer than its chain. The serial number
    /// decides the shard of the revocation list.
    ///
    /// @param subjectPublicKeyInfo DER, already accepted by [dev.evenroll.pki.request.KeyRules]
    /// @throws IllegalArgumentException when the bytes of the key are no SubjectPublicKeyInfo
    public static PreparedCertificate prepare(
            IssuingCertificate issuer,
            Profile profile,
            Subject subject,
            Der subjectPublicKeyInfo,
            SerialNumber serialNumber,
            Instant now) {
        return prepare(TbsEncoding.FIELD_BY_FIELD, issuer, profile, subject, subjectPublicKeyInfo, serialNumber, now);
    }

    /// The same, encoded in a way that is faster for who prepares many.
    public static PreparedCertificate prepare(
            TbsEncoding encoding,
            IssuingCertificate issuer,
            Profile profile,
            Subject subject,
            Der subjectPublicKeyInfo,
            SerialNumber serialNumber,
            Instant now) {
        Instant backdated = now.minus(profile.backdate()).truncatedTo(ChronoUnit.SECONDS);
        Instant notBefore = backdated.isBefore(issuer.notBefore()) ? issuer.notBefore() : backdated;
        Instant end = notBefore.plus(profile.validity()).minus(Jitter.of(serialNumber, profile.jitter()));
        Instant notAfter = earlier(end.minusSeconds(1), issuer.notAfter());
        SubjectPublicKeyInfo key = SubjectPublicKeyInfo.getInstance(subjectPublicKeyInfo.bytes());
        var contents = new CertificateContents(issuer, profile, subject, key, serialNumber, notBefore, notAfter);
        return new PreparedCertificate(encoding.encode(contents), serialNumber, notBefore, notAfter);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
