package dev.evenroll.pki.ceremony;

import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.Failure;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.asn1.KeyIdentifiers;
import dev.evenroll.pki.asn1.StrictDer;
import dev.evenroll.pki.issuance.IssuingCertificate;
import dev.evenroll.pki.issuance.SerialNumber;
import dev.evenroll.pki.issuance.SignedStructure;
import dev.evenroll.pki.issuance.TbsFields;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/// A certificate of a CA that lacks only its signature (RFC 5280 section 4.1).
///
/// It can not be signed before [#problems] has been asked: [#assemble] asks again.
///
/// @param tbs the bytes to be signed, DER
/// @param use what it is for
/// @param signer who is to sign
/// @param now when it was prepared
public record CaPreparation(Der tbs, CaUse use, CaSigner signer, Instant now) {

    /// The clocks of those who read the certificate may be slow.
    private static final Duration BACKDATE = Duration.ofMinutes(5);

    /// The certificate of a root, which it signs itself.
    public static CaPreparation root(CaName name, PublicKey key, Duration validity, SecureRandom random, Instant now) {
        var notBefore = begin(now);
        var signer =
                CaSigner.itself(name, key, notBefore, notBefore.plus(validity).minusSeconds(1));
        return prepare(CaUse.ROOT, signer, name.subject(), key, signer.notAfter(), random, now);
    }

    /// The certificate of a CA that issues to devices.
    ///
    /// @param validity must end within that of the root; the linter says so
    public static CaPreparation issuing(
            CaSigner root, CaName name, PublicKey key, Duration validity, SecureRandom random, Instant now) {
        var notAfter = later(begin(now), root.notBefore()).plus(validity).minusSeconds(1);
        return prepare(CaUse.ISSUING, root, name.subject(), key, notAfter, random, now);
    }

    /// A certificate that says of another root what its own one says: same name, same key, same extensions; valid as
    /// long as both roots are.
    public static CaPreparation cross(CaSigner by, IssuingCertificate certified, SecureRandom random, Instant now) {
        var notAfter = certified.notAfter().isBefore(by.notAfter()) ? certified.notAfter() : by.notAfter();
        return prepare(CaUse.CROSS, by, certified.subject(), certified.publicKey(), notAfter, random, now);
    }

    private static CaPreparation prepare(
            CaUse use,
            CaSigner signer,
            X500Name subject,
            PublicKey publicKey,
            Instant notAfter,
            SecureRandom random,
            Instant now) {
        var key = SubjectPublicKeyInfo.getInstance(publicKey.getEncoded());
        var fields = new TbsFields(
                SerialNumber.random(random),
                signer.scheme(),
                signer.name(),
                later(begin(now), signer.notBefore()),
                notAfter,
                subject,
                key,
                List.of(
                        extension(Extension.basicConstraints, true, use.basicConstraints()),
                        extension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign)),
                        extension(
                                Extension.subjectKeyIdentifier,
                                false,
                                new SubjectKeyIdentifier(KeyIdentifiers.of(key))),
                        extension(Extension.authorityKeyIdentifier, false, signer.keyIdentifier())));
        return new CaPreparation(fields.encode(), use, signer, now);
    }

    private static Instant begin(Instant now) {
        return now.minus(BACKDATE).truncatedTo(ChronoUnit.SECONDS);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Extension extension(ASN1ObjectIdentifier type, boolean critical, ASN1Encodable value) {
        return new Extension(type, critical, StrictDer.encode(value));
    }

    /// Everything that is wrong; empty when it may be signed.
    public List<Failure> problems() {
        return CaLinter.lint(this);
    }

    /// The finished certificate.
    ///
    /// @param signature verified here with the key of the signer
    /// @throws IllegalArgumentException when it is not that of the signer, or the linter objects
    public X509Certificate assemble(byte[] signature) {
        var problems = problems();
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(
                    "CA certificate: " + problems.getFirst().message());
        }
        if (!signer.scheme().verifies(signer.key(), tbs, signature)) {
            throw new IllegalArgumentException("CA certificate: the signature does not verify with the key of "
                    + signer.name() + "; give that root its own key");
        }
        try {
            return Certificates.decode(SignedStructure.join(tbs, signer.scheme(), signature));
        } catch (MalformedException e) {
            throw new IllegalStateException("a certificate made here can not be decoded", e);
        }
    }
}
