package dev.evenroll.pki.lint;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.asn1.StrictDer;
import dev.evenroll.pki.issuance.IssuingCertificate;
import dev.evenroll.pki.profile.Profile;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.TBSCertificate;

/// A certificate under examination, and what it is measured by.
record Examination(TBSCertificate certificate, IssuingCertificate issuer, Profile profile, Instant now) {

    Optional<Extension> extension(ASN1ObjectIdentifier type) {
        Extensions extensions = certificate.getExtensions();
        return extensions == null ? Optional.empty() : Optional.ofNullable(extensions.getExtension(type));
    }

    /// Whether an extension says exactly this, to the byte: where the CA and the profile leave no choice,
    /// nothing is parsed, for parsers pass over what they do not expect.
    static boolean says(Extension extension, ASN1Encodable expected) {
        return Arrays.equals(extension.getExtnValue().getOctets(), StrictDer.encode(expected));
    }

    /// The decoded content of an extension, which must be DER too: the certificate around it only sees
    /// octets.
    static ASN1Primitive value(Extension extension) throws MalformedException {
        Der content = Der.of(extension.getExtnValue().getOctets());
        return StrictDer.decode(content, "extension " + extension.getExtnId().getId(), TbsLinter.MAXIMUM_BYTES);
    }
}
