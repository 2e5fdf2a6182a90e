package dev.evenroll.pki.ceremony;

import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;

/// Exactly four extensions, each once (RFC 5280 section 4.2): what is not needed can not be misread.
final class CaExtensionSetRule implements CaRule {

    private static final Set<ASN1ObjectIdentifier> EXPECTED = Set.of(
            Extension.basicConstraints,
            Extension.keyUsage,
            Extension.subjectKeyIdentifier,
            Extension.authorityKeyIdentifier);

    @Override
    public String name() {
        return "extension-set";
    }

    @Override
    public List<String> judge(CaExamination examined) {
        Extensions extensions = examined.certificate().getExtensions();
        var found = extensions == null ? List.of() : List.of(extensions.getExtensionOIDs());
        return found.size() == EXPECTED.size() && EXPECTED.containsAll(found)
                ? List.of()
                : List.of("extensions: are " + found + "; a CA has basicConstraints, keyUsage, subjectKeyIdentifier and"
                        + " authorityKeyIdentifier");
    }
}
