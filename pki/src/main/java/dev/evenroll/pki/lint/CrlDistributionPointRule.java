package dev.evenroll.pki.lint;

import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/// The revocation list is where the profile says for the shard of the serial number, one address under one name
/// (RFC 5280 sections 4.2.1.13 and 5.2.5), and not critical.
final class CrlDistributionPointRule implements TbsRule {
    @Override
    public String name() {
        return "crl-distribution-point";
    }

    @Override
    public List<String> judge(Examination examined) {
        Optional<Extension> extension = examined.extension(Extension.cRLDistributionPoints);
        Optional<String> expected = expected(examined);
        boolean right = expected.isEmpty()
                ? extension.isEmpty()
                : extension.isPresent()
                        && !extension.get().isCritical()
                        && Examination.says(extension.get(), distributionPoint(expected.get()));
        return right
                ? List.of()
                : List.of("cRLDistributionPoints: must be " + expected.orElse("absent") + ", as the profile says");
    }

    private static Optional<String> expected(Examination examined) {
        return examined.profile()
                .crlDistributionPoint(
                        examined.issuer().keyId(),
                        examined.certificate().getSerialNumber().getValue());
    }

    private static CRLDistPoint distributionPoint(String url) {
        var names = new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, url));
        var point = new DistributionPoint(new DistributionPointName(names), null, null);
        return new CRLDistPoint(new DistributionPoint[] {point});
    }
}
