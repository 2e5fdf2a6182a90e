package dev.evenroll.pki.ceremony;

import dev.evenroll.pki.asn1.KeyIdentifiers;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;

/// Both key identifiers are there and are those of the keys (RFC 5280 sections 4.2.1.1 and 4.2.1.2): during a roll-over
/// they tell the CAs apart.
final class CaKeyIdentifierRule implements CaRule {

    @Override
    public String name() {
        return "key-identifiers";
    }

    @Override
    public List<String> judge(CaExamination examined) {
        var own = KeyIdentifiers.of(examined.certificate().getSubjectPublicKeyInfo());
        var problems = new ArrayList<String>();
        if (!examined.says(Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(own))) {
            problems.add("subjectKeyIdentifier: is not that of the key (RFC 7093 section 2, method 1)");
        }
        if (!examined.says(
                Extension.authorityKeyIdentifier, false, examined.signer().keyIdentifier())) {
            problems.add("authorityKeyIdentifier: is not the subjectKeyIdentifier of the signer");
        }
        return problems;
    }
}
