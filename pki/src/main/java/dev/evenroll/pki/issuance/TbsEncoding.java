package dev.evenroll.pki.issuance;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.profile.SubjectShape;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;

/// The encoding of a TBSCertificate (RFC 5280 section 4.1). All encodings give the same bytes, since DER has one.
@FunctionalInterface
public interface TbsEncoding {

    /// Field by field, by Bouncy Castle: what the others are measured against.
    TbsEncoding FIELD_BY_FIELD = TbsEncoding::fieldByField;

    /// The DER encoding: what a CA signs.
    Der encode(CertificateContents contents);

    private static Der fieldByField(CertificateContents contents) {
        return new TbsFields(
                        contents.serialNumber(),
                        contents.issuer().scheme(),
                        contents.issuer().subject(),
                        contents.notBefore(),
                        contents.notAfter(),
                        name(contents),
                        contents.subjectPublicKey(),
                        ProfileExtensions.of(contents))
                .encode();
    }

    /// Owners that a profile has no room for are left out; one that it misses, the linter finds.
    private static X500Name name(CertificateContents contents) {
        SubjectShape shape = contents.profile().subject();
        var name = new X500NameBuilder();
        shape.domainComponents().forEach(component -> name.addRDN(BCStyle.DC, new DERIA5String(component)));
        contents.subject()
                .organization()
                .filter(_ -> shape.organization())
                .ifPresent(organization -> name.addRDN(BCStyle.O, new DERUTF8String(organization)));
        return name.addRDN(BCStyle.CN, new DERUTF8String(contents.subject().commonName()))
                .build();
    }
}
