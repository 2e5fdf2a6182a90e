package dev.evenroll.pki.ceremony;

import dev.evenroll.pki.asn1.StrictDer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.TBSCertificate;

/// A certificate of a CA under examination, and what it is measured by.
record CaExamination(TBSCertificate certificate, CaUse use, CaSigner signer, Instant now) {

    Optional<Extension> extension(ASN1ObjectIdentifier type) {
        Extensions extensions = certificate.getExtensions();
        return extensions == null ? Optional.empty() : Optional.ofNullable(extensions.getExtension(type));
    }

    /// Whether an extension is there, of this criticality, and says exactly this, to the byte.
    boolean says(ASN1ObjectIdentifier type, boolean critical, ASN1Encodable expected) {
        return extension(type)
                .filter(found -> found.isCritical() == critical)
                .filter(found -> Arrays.equals(found.getExtnValue().getOctets(), StrictDer.encode(expected)))
                .isPresent();
    }
}
