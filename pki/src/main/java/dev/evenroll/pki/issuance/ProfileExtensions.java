package dev.evenroll.pki.issuance;

import dev.evenroll.pki.asn1.KeyIdentifiers;
import dev.evenroll.pki.asn1.StrictDer;
import dev.evenroll.pki.profile.KeyUsage;
import dev.evenroll.pki.profile.Profile;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/// The extensions of a device's certificate: all that the profile and the CA say, and nothing that the
/// request says.
final class ProfileExtensions {
    private ProfileExtensions() {}

    static List<Extension> of(IssuingCertificate issuer, Profile profile, SubjectPublicKeyInfo key) {
        var extensions = new ArrayList<Extension>();
        extensions.add(critical(Extension.basicConstraints, new BasicConstraints(false)));
        extensions.add(critical(Extension.keyUsage, keyUsage(profile.keyUsages())));
        if (!profile.extendedKeyUsages().isEmpty()) {
            extensions.add(plain(Extension.extendedKeyUsage, extendedKeyUsage(profile.extendedKeyUsages())));
        }
        extensions.add(plain(Extension.subjectKeyIdentifier, new SubjectKeyIdentifier(KeyIdentifiers.of(key))));
        extensions.add(plain(Extension.authorityKeyIdentifier, new AuthorityKeyIdentifier(issuer.keyIdBytes())));
        profile.crlDistributionPoint()
                .ifPresent(url -> extensions.add(plain(Extension.cRLDistributionPoints, distributionPoint(url))));
        profile.caIssuers()
                .ifPresent(url -> extensions.add(plain(
                        Extension.authorityInfoAccess,
                        new AuthorityInformationAccess(AccessDescription.id_ad_caIssuers, generalName(url)))));
        return extensions;
    }

    private static Extension critical(ASN1ObjectIdentifier type, ASN1Encodable value) {
        return new Extension(type, true, StrictDer.encode(value));
    }

    private static Extension plain(ASN1ObjectIdentifier type, ASN1Encodable value) {
        return new Extension(type, false, StrictDer.encode(value));
    }

    private static ASN1Encodable keyUsage(Set<KeyUsage> usages) {
        int bits = usages.stream().mapToInt(KeyUsage::bit).sum();
        // A named bit list ends with its last one bit (X.690 section 11.2.2).
        return new DERBitString(new byte[] {(byte) bits}, Integer.numberOfTrailingZeros(bits));
    }

    private static ExtendedKeyUsage extendedKeyUsage(List<String> purposes) {
        return new ExtendedKeyUsage(purposes.stream()
                .map(oid -> KeyPurposeId.getInstance(new ASN1ObjectIdentifier(oid)))
                .toArray(KeyPurposeId[]::new));
    }

    private static CRLDistPoint distributionPoint(URI url) {
        var name = new DistributionPointName(new GeneralNames(generalName(url)));
        return new CRLDistPoint(new DistributionPoint[] {new DistributionPoint(name, null, null)});
    }

    private static GeneralName generalName(URI url) {
        return new GeneralName(GeneralName.uniformResourceIdentifier, url.toASCIIString());
    }
}
