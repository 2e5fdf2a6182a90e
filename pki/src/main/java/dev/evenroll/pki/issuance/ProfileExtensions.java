package dev.evenroll.pki.issuance;

import dev.evenroll.pki.asn1.KeyIdentifiers;
import dev.evenroll.pki.asn1.StrictDer;
import dev.evenroll.pki.profile.KeyUsage;
import dev.evenroll.pki.profile.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.PolicyInformation;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/// The extensions of a device's certificate: all that the profile and the CA say, and nothing that the
/// request says.
final class ProfileExtensions {
    private ProfileExtensions() {}

    static List<Extension> of(
            IssuingCertificate issuer,
            Profile profile,
            String commonName,
            SubjectPublicKeyInfo key,
            SerialNumber serialNumber) {
        var extensions = new ArrayList<Extension>();
        extensions.add(critical(Extension.basicConstraints, new BasicConstraints(false)));
        extensions.add(critical(Extension.keyUsage, keyUsage(profile.keyUsages(key))));
        if (!profile.extendedKeyUsages().isEmpty()) {
            extensions.add(plain(Extension.extendedKeyUsage, extendedKeyUsage(profile.extendedKeyUsages())));
        }
        if (profile.subject().dnsName()) {
            var name = new GeneralName(GeneralName.dNSName, new DERIA5String(commonName));
            extensions.add(plain(Extension.subjectAlternativeName, new GeneralNames(name)));
        }
        extensions.add(plain(Extension.subjectKeyIdentifier, new SubjectKeyIdentifier(KeyIdentifiers.of(key))));
        extensions.add(plain(Extension.authorityKeyIdentifier, new AuthorityKeyIdentifier(issuer.keyIdBytes())));
        if (!profile.certificatePolicies().isEmpty()) {
            extensions.add(plain(Extension.certificatePolicies, policies(profile.certificatePolicies())));
        }
        profile.crlDistributionPoint(issuer.keyId(), serialNumber.value())
                .ifPresent(url -> extensions.add(plain(Extension.cRLDistributionPoints, distributionPoint(url))));
        informationAccess(profile, issuer.keyId())
                .ifPresent(access -> extensions.add(plain(Extension.authorityInfoAccess, access)));
        if (profile.ocspNocheck()) {
            extensions.add(plain(OCSPObjectIdentifiers.id_pkix_ocsp_nocheck, DERNull.INSTANCE));
        }
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

    private static CertificatePolicies policies(List<String> oids) {
        return new CertificatePolicies(oids.stream()
                .map(oid -> new PolicyInformation(new ASN1ObjectIdentifier(oid)))
                .toArray(PolicyInformation[]::new));
    }

    private static CRLDistPoint distributionPoint(String url) {
        var name = new DistributionPointName(new GeneralNames(generalName(url)));
        return new CRLDistPoint(new DistributionPoint[] {new DistributionPoint(name, null, null)});
    }

    private static Optional<AuthorityInformationAccess> informationAccess(Profile profile, String issuerKeyId) {
        var descriptions = Stream.concat(
                        profile.ocsp(issuerKeyId).stream()
                                .map(url -> new AccessDescription(AccessDescription.id_ad_ocsp, generalName(url))),
                        profile.caIssuers(issuerKeyId).stream()
                                .map(url -> new AccessDescription(AccessDescription.id_ad_caIssuers, generalName(url))))
                .toArray(AccessDescription[]::new);
        return descriptions.length == 0 ? Optional.empty() : Optional.of(new AuthorityInformationAccess(descriptions));
    }

    private static GeneralName generalName(String url) {
        return new GeneralName(GeneralName.uniformResourceIdentifier, url);
    }
}
