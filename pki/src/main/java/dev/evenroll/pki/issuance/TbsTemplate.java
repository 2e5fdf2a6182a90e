package dev.evenroll.pki.issuance;

import dev.evenroll.pki.asn1.DerWriter;
import dev.evenroll.pki.asn1.StrictDer;
import dev.evenroll.pki.profile.SubjectShape;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;

/// The parts of a TBSCertificate that all of a CA, a profile, a kind of key and a shard have in common, each encoded.
/// The arrays belong to it: nobody else writes them.
final class TbsTemplate {
    /// The extensions that are the device's own; they stand side by side.
    private static final Set<ASN1ObjectIdentifier> OWN =
            Set.of(Extension.subjectAlternativeName, Extension.subjectKeyIdentifier);

    private final byte[] algorithm;
    private final byte[] issuer;
    private final byte[] domainComponents;
    private final byte[] before;
    private final byte[] after;

    private TbsTemplate(byte[] algorithm, byte[] issuer, byte[] domainComponents, byte[] before, byte[] after) {
        this.algorithm = algorithm;
        this.issuer = issuer;
        this.domainComponents = domainComponents;
        this.before = before;
        this.after = after;
    }

    /// That of a certificate, and of all like it.
    static TbsTemplate of(CertificateContents example) {
        List<Extension> extensions = ProfileExtensions.of(example);
        List<ASN1ObjectIdentifier> types =
                extensions.stream().map(Extension::getExtnId).toList();
        int first = types.indexOf(
                types.contains(Extension.subjectAlternativeName)
                        ? Extension.subjectAlternativeName
                        : Extension.subjectKeyIdentifier);
        int end = types.indexOf(Extension.subjectKeyIdentifier) + 1;
        if (!OWN.containsAll(types.subList(first, end))) {
            throw new IllegalStateException("the extensions that are the device's own stand side by side");
        }
        return new TbsTemplate(
                StrictDer.encode(example.issuer().scheme().algorithmIdentifier()),
                StrictDer.encode(example.issuer().subject()),
                domainComponents(example.profile().subject()),
                encoded(extensions.subList(0, first)),
                encoded(extensions.subList(end, extensions.size())));
    }

    private static byte[] domainComponents(SubjectShape shape) {
        var name = new X500NameBuilder();
        shape.domainComponents().forEach(component -> name.addRDN(BCStyle.DC, new DERIA5String(component)));
        return encoded(List.of(name.build().getRDNs()));
    }

    private static byte[] encoded(List<? extends ASN1Encodable> parts) {
        return DerWriter.joined(parts.stream().map(StrictDer::encode).toArray(byte[][]::new));
    }

    byte[] algorithm() {
        return algorithm;
    }

    byte[] issuer() {
        return issuer;
    }

    /// The first attributes of the subject.
    byte[] domainComponents() {
        return domainComponents;
    }

    /// The extensions before those of the device.
    byte[] before() {
        return before;
    }

    /// The extensions behind those of the device.
    byte[] after() {
        return after;
    }
}
