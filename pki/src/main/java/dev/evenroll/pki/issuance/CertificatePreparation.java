package dev.evenroll.pki.issuance;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.profile.Profile;
import dev.evenroll.pki.profile.Subject;
import dev.evenroll.pki.profile.SubjectShape;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
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
    /// number, but never longer than the CA itself. The serial number decides the shard of the revocation list.
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
        Instant notBefore = now.minus(profile.backdate()).truncatedTo(ChronoUnit.SECONDS);
        Instant end = notBefore.plus(profile.validity()).minus(Jitter.of(serialNumber, profile.jitter()));
        Instant notAfter = earlier(end.minusSeconds(1), issuer.notAfter());
        SubjectPublicKeyInfo key = SubjectPublicKeyInfo.getInstance(subjectPublicKeyInfo.bytes());
        var fields = new TbsFields(
                serialNumber,
                issuer.scheme(),
                issuer.subject(),
                notBefore,
                notAfter,
                name(profile.subject(), subject),
                key,
                ProfileExtensions.of(issuer, profile, subject.commonName(), key, serialNumber));
        return new PreparedCertificate(fields.encode(), serialNumber, notBefore, notAfter);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /// Owners that a profile has no room for are left out; one that it misses, the linter finds.
    private static X500Name name(SubjectShape shape, Subject subject) {
        var name = new X500NameBuilder();
        shape.domainComponents().forEach(component -> name.addRDN(BCStyle.DC, new DERIA5String(component)));
        subject.organization()
                .filter(_ -> shape.organization())
                .ifPresent(organization -> name.addRDN(BCStyle.O, new DERUTF8String(organization)));
        return name.addRDN(BCStyle.CN, new DERUTF8String(subject.commonName())).build();
    }
}
