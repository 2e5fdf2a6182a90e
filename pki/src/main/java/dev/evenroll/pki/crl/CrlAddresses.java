package dev.evenroll.pki.crl;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.asn1.StrictDer;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;

/// Where revocation lists are, as certificates and lists say it: http URLs in a distribution point.
///
/// A list counts for a certificate when one of its names is one of the certificate's (RFC 5280 section 6.3.3 (b)).
public final class CrlAddresses {
    private static final String FORM = "must hold URLs as fullName, and nothing else";

    private CrlAddresses() {}

    /// The list that a certificate names first (cRLDistributionPoints, RFC 5280 section 4.2.1.13); empty when it
    /// names none in a form that is known here.
    public static Optional<String> of(X509Certificate certificate) {
        byte[] extension = certificate.getExtensionValue(Extension.cRLDistributionPoints.getId());
        if (extension == null) {
            return Optional.empty();
        }
        try {
            var points = CRLDistPoint.getInstance(
                    ASN1OctetString.getInstance(extension).getOctets());
            return Arrays.stream(points.getDistributionPoints())
                    .flatMap(CrlAddresses::names)
                    .filter(name -> name.getTagNo() == GeneralName.uniformResourceIdentifier)
                    .map(name -> name.getName().toString())
                    .findFirst();
        } catch (IllegalArgumentException e) {
            // An extension of another form names no address.
            return Optional.empty();
        }
    }

    private static Stream<GeneralName> names(DistributionPoint point) {
        var name = point.getDistributionPoint();
        return name == null || name.getType() != DistributionPointName.FULL_NAME
                ? Stream.empty()
                : Arrays.stream(GeneralNames.getInstance(name.getName()).getNames());
    }

    /// The value of the extension by which a list names itself.
    static IssuingDistributionPoint issuingDistributionPoint(List<String> urls) {
        return new IssuingDistributionPoint(name(urls), false, false, null, false, false);
    }

    /// The value of the extension by which a complete list names its delta list.
    static CRLDistPoint freshest(String url) {
        return new CRLDistPoint(new DistributionPoint[] {new DistributionPoint(name(List.of(url)), null, null)});
    }

    private static DistributionPointName name(List<String> urls) {
        return new DistributionPointName(new GeneralNames(urls.stream()
                .map(url -> new GeneralName(GeneralName.uniformResourceIdentifier, url))
                .toArray(GeneralName[]::new)));
    }

    /// Reads [#issuingDistributionPoint], and accepts no other form.
    static List<String> readIssuingDistributionPoint(Extension extension) throws MalformedException {
        String field = "issuingDistributionPoint";
        var urls = StrictDer.structure(
                field,
                FORM,
                () -> urls(IssuingDistributionPoint.getInstance(TbsCertListReader.value(extension))
                        .getDistributionPoint()));
        return exactly(extension, issuingDistributionPoint(urls), field, urls);
    }

    /// Reads [#freshest], and accepts no other form.
    static String readFreshest(Extension extension) throws MalformedException {
        String field = "freshestCRL";
        var urls = StrictDer.structure(
                field,
                FORM,
                () -> urls(CRLDistPoint.getInstance(TbsCertListReader.value(extension))
                        .getDistributionPoints()[0]
                        .getDistributionPoint()));
        return exactly(extension, freshest(urls.getFirst()), field, urls).getFirst();
    }

    private static List<String> urls(DistributionPointName name) {
        return Arrays.stream(GeneralNames.getInstance(name.getName()).getNames())
                .map(each -> each.getName().toString())
                .toList();
    }

    /// What was read counts when it is all that the extension says.
    private static List<String> exactly(Extension extension, ASN1Encodable again, String field, List<String> urls)
            throws MalformedException {
        var said = Der.of(extension.getExtnValue().getOctets());
        if (urls.isEmpty() || !said.equals(Der.of(StrictDer.encode(again)))) {
            throw new MalformedException(field, FORM);
        }
        return urls;
    }
}
