package dev.evenroll.pki.lint;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.Failure;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.asn1.StrictDer;
import dev.evenroll.pki.issuance.IssuingCertificate;
import dev.evenroll.pki.profile.Profile;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.TBSCertificate;

/// The last look at a certificate before it is signed: all rules of this package.
///
/// The bytes may come from anybody. What can not be decoded is a failure, never an exception: nothing
/// unreadable is signed.
///
/// Step 4 of the enrollment cycle.
public final class TbsLinter {
    static final int MAXIMUM_BYTES = 16 * 1024;

    private static final String FIELD = "tbsCertificate";

    private static final List<TbsRule> RULES = List.of(
            new VersionRule(),
            new SerialNumberRule(),
            new SignatureAlgorithmRule(),
            new IssuerNameRule(),
            new ValidityRule(),
            new JitterRule(),
            new SubjectRule(),
            new ProfileSubjectRule(),
            new PublicKeyRule(),
            new ProfileKeyRule(),
            new UniqueIdentifierRule(),
            new ExtensionSetRule(),
            new BasicConstraintsRule(),
            new KeyUsageRule(),
            new ExtendedKeyUsageRule(),
            new SubjectAlternativeNameRule(),
            new SubjectKeyIdentifierRule(),
            new AuthorityKeyIdentifierRule(),
            new CertificatePoliciesRule(),
            new CrlDistributionPointRule(),
            new AuthorityInformationAccessRule(),
            new OcspNocheckRule());

    private TbsLinter() {}

    /// Everything that is wrong; empty when the certificate may be signed.
    ///
    /// @param tbsCertificate what would be signed, DER (RFC 5280 section 4.1)
    /// @param issuer the CA that would sign
    /// @param profile what the certificate should say, in the CA's environment and for the assurance of the key
    /// @param now the time of the examination
    public static List<Failure> lint(Der tbsCertificate, IssuingCertificate issuer, Profile profile, Instant now) {
        try {
            var examination = new Examination(read(tbsCertificate), issuer, profile, now);
            return RULES.stream().flatMap(rule -> judge(rule, examination)).toList();
        } catch (MalformedException e) {
            return List.of(new Failure("tbs-certificate", String.valueOf(e.getMessage())));
        }
    }

    private static TBSCertificate read(Der tbsCertificate) throws MalformedException {
        var sequence = StrictDer.sequence(tbsCertificate, FIELD, MAXIMUM_BYTES);
        return StrictDer.structure(FIELD, "is DER but not a TBSCertificate (RFC 5280 section 4.1)", () -> {
            var certificate = TBSCertificate.getInstance(sequence);
            if (!rebuilt(certificate).equals(tbsCertificate)) {
                throw new MalformedException(
                        FIELD, "holds parts twice, or defaults that DER leaves out (X.690 section 11.5)");
            }
            return certificate;
        });
    }

    /// The fields that the parser saw, encoded anew: what it passed over is missing here.
    private static Der rebuilt(TBSCertificate certificate) {
        var parts = new ASN1EncodableVector();
        if (certificate.getVersionNumber() != 1) {
            parts.add(new DERTaggedObject(true, 0, certificate.getVersion()));
        }
        parts.add(certificate.getSerialNumber());
        parts.add(certificate.getSignature());
        parts.add(certificate.getIssuer());
        parts.add(new DERSequence(new ASN1Encodable[] {certificate.getStartDate(), certificate.getEndDate()}));
        parts.add(certificate.getSubject());
        parts.add(certificate.getSubjectPublicKeyInfo());
        ASN1Encodable[] optional = {
            certificate.getIssuerUniqueId(), certificate.getSubjectUniqueId(), certificate.getExtensions()
        };
        for (int i = 0; i < optional.length; i++) {
            if (optional[i] != null) {
                boolean explicit = optional[i] instanceof Extensions;
                parts.add(new DERTaggedObject(explicit, i + 1, optional[i]));
            }
        }
        return Der.of(StrictDer.encode(new DERSequence(parts)));
    }

    private static Stream<Failure> judge(TbsRule rule, Examination examination) {
        try {
            List<String> problems = StrictDer.structure(
                    rule.name(),
                    "is not of the type that RFC 5280 section 4 prescribes",
                    () -> rule.judge(examination));
            return problems.stream().map(message -> new Failure(rule.name(), message));
        } catch (MalformedException e) {
            return Stream.of(new Failure(rule.name(), String.valueOf(e.getMessage())));
        }
    }
}
