package dev.evenroll.pki.lint;

import java.util.List;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.Extension;

/// The authority key identifier is the CA's key identifier alone (RFC 5280 section 4.2.1.1), and not
/// critical.
final class AuthorityKeyIdentifierRule implements TbsRule {
    @Override
    public String name() {
        return "authority-key-identifier";
    }

    @Override
    public List<String> judge(Examination examined) {
        Extension extension =
                examined.extension(Extension.authorityKeyIdentifier).orElse(null);
        if (extension == null || extension.isCritical()) {
            return List.of("authorityKeyIdentifier: must be present and not critical");
        }
        return Examination.says(
                        extension, new AuthorityKeyIdentifier(examined.issuer().keyIdBytes()))
                ? List.of()
                : List.of("authorityKeyIdentifier: must be the key identifier of the CA, and nothing else");
    }
}
