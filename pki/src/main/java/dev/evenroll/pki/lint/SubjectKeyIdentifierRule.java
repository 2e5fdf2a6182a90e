package dev.evenroll.pki.lint;

import dev.evenroll.pki.asn1.KeyIdentifiers;
import java.util.List;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;

/// The key identifier is that of the key (RFC 5280 section 4.2.1.2; RFC 7093 section 2, method 1), and not
/// critical.
final class SubjectKeyIdentifierRule implements TbsRule {
    @Override
    public String name() {
        return "subject-key-identifier";
    }

    @Override
    public List<String> judge(Examination examined) {
        Extension extension = examined.extension(Extension.subjectKeyIdentifier).orElse(null);
        if (extension == null || extension.isCritical()) {
            return List.of("subjectKeyIdentifier: must be present and not critical");
        }
        byte[] expected = KeyIdentifiers.of(examined.certificate().getSubjectPublicKeyInfo());
        return Examination.says(extension, new SubjectKeyIdentifier(expected))
                ? List.of()
                : List.of("subjectKeyIdentifier: is not that of the key (RFC 7093 section 2, method 1)");
    }
}
