package dev.evenroll.pki.issuance;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.asn1.StrictDer;
import dev.evenroll.pki.asn1.X509Time;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;

/// The fields of a TBSCertificate, version 3 (RFC 5280 section 4.1.2), in its order.
public record TbsFields(
        SerialNumber serialNumber,
        SignatureScheme signature,
        X500Name issuer,
        Instant notBefore,
        Instant notAfter,
        X500Name subject,
        SubjectPublicKeyInfo subjectPublicKey,
        List<Extension> extensions) {
    public TbsFields {
        extensions = List.copyOf(extensions);
    }

    /// The DER encoding: what a CA signs.
    public Der encode() {
        var generator = new V3TBSCertificateGenerator();
        generator.setSerialNumber(new ASN1Integer(serialNumber.value()));
        generator.setSignature(signature.algorithmIdentifier());
        generator.setIssuer(issuer);
        generator.setStartDate(X509Time.encode(notBefore));
        generator.setEndDate(X509Time.encode(notAfter));
        generator.setSubject(subject);
        generator.setSubjectPublicKeyInfo(subjectPublicKey);
        generator.setExtensions(new Extensions(extensions.toArray(Extension[]::new)));
        return Der.of(StrictDer.encode(generator.generateTBSCertificate()));
    }
}
