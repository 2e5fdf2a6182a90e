package dev.evenroll.pki.lint;

import dev.evenroll.pki.MalformedException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/// The revocation list is where the profile says, one address under one name (RFC 5280 section 4.2.1.13), and
/// not critical.
final class CrlDistributionPointRule implements TbsRule {
    @Override
    public String name() {
        return "crl-distribution-point";
    }

    @Override
    public List<String> judge(Examination examined) throws MalformedException {
        Extension extension =
                examined.extension(Extension.cRLDistributionPoints).orElse(null);
        Optional<String> expected = examined.profile().crlDistributionPoint().map(URI::toASCIIString);
        Optional<String> actual = extension == null ? Optional.empty() : Optional.of(address(extension));
        return actual.equals(expected) && (extension == null || !extension.isCritical())
                ? List.of()
                : List.of("cRLDistributionPoints: must be " + expected.orElse("absent") + ", as the profile says");
    }

    private static String address(Extension extension) throws MalformedException {
        DistributionPoint[] points =
                CRLDistPoint.getInstance(Examination.value(extension)).getDistributionPoints();
        if (points.length != 1 || points[0].getReasons() != null || points[0].getCRLIssuer() != null) {
            return "";
        }
        DistributionPointName name = points[0].getDistributionPoint();
        if (name == null || name.getType() != DistributionPointName.FULL_NAME) {
            return "";
        }
        GeneralName[] names = GeneralNames.getInstance(name.getName()).getNames();
        return names.length == 1 && names[0].getTagNo() == GeneralName.uniformResourceIdentifier
                ? names[0].getName().toString()
                : "";
    }
}
