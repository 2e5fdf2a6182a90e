package dev.evenroll.revocation.life;

import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.MalformedException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/// Where the revocation list of a certificate can be fetched: the URI in its own CRL distribution point,
/// which is where relying parties look (RFC 5280 section 4.2.1.13).
public final class CrlAddress {

    private CrlAddress() {}

    /// The first URI; empty when the certificate names none.
    public static Optional<String> of(IssuedCertificate certificate) {
        try {
            byte[] extension =
                    Certificates.decode(certificate.der()).getExtensionValue(Extension.cRLDistributionPoints.getId());
            if (extension == null) {
                return Optional.empty();
            }
            var points = CRLDistPoint.getInstance(
                    ASN1OctetString.getInstance(extension).getOctets());
            return Arrays.stream(points.getDistributionPoints())
                    .flatMap(CrlAddress::names)
                    .filter(name -> name.getTagNo() == GeneralName.uniformResourceIdentifier)
                    .map(name -> name.getName().toString())
                    .findFirst();
        } catch (MalformedException | IllegalArgumentException e) {
            // The inventory takes only what decodes; an extension of another form names no address.
            return Optional.empty();
        }
    }

    private static Stream<GeneralName> names(DistributionPoint point) {
        var name = point.getDistributionPoint();
        return name == null || name.getType() != DistributionPointName.FULL_NAME
                ? Stream.empty()
                : Arrays.stream(GeneralNames.getInstance(name.getName()).getNames());
    }
}
