package dev.evenroll.pki.lint;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;

/// There is no extension that this project does not write (RFC 5280 section 4.2): what nobody checks, nobody
/// signs.
final class ExtensionSetRule implements TbsRule {
    // Each has a rule of its own, which refuses it where the profile has none.
    private static final Set<ASN1ObjectIdentifier> KNOWN = Set.of(
            Extension.basicConstraints,
            Extension.keyUsage,
            Extension.extendedKeyUsage,
            Extension.subjectAlternativeName,
            Extension.subjectKeyIdentifier,
            Extension.authorityKeyIdentifier,
            Extension.certificatePolicies,
            Extension.cRLDistributionPoints,
            Extension.authorityInfoAccess,
            OCSPObjectIdentifiers.id_pkix_ocsp_nocheck);

    @Override
    public String name() {
        return "extensions";
    }

    @Override
    public List<String> judge(Examination examined) {
        Extensions extensions = examined.certificate().getExtensions();
        if (extensions == null) {
            return List.of("extensions: are missing");
        }
        return Arrays.stream(extensions.getExtensionOIDs())
                .filter(type -> !KNOWN.contains(type))
                .map(type -> "extensions: " + type.getId() + " does not belong into a certificate of a device")
                .toList();
    }
}
