package dev.evenroll.pki.lint;

import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.asn1.KeyIdentifiers;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.Extension;

/// The key identifier is that of the key (RFC 5280 section 4.2.1.2; RFC 7093 section 2, method 1), and not
/// critical.
final class SubjectKeyIdentifierRule implements TbsRule {
    @Override
    public String name() {
        return "subject-key-identifier";
    }

    @Override
    public List<String> judge(Examination examined) throws MalformedException {
        Extension extension = examined.extension(Extension.subjectKeyIdentifier).orElse(null);
        if (extension == null || extension.isCritical()) {
            return List.of("subjectKeyIdentifier: must be present and not critical");
        }
        byte[] actual =
                ASN1OctetString.getInstance(Examination.value(extension)).getOctets();
        byte[] expected = KeyIdentifiers.of(examined.certificate().getSubjectPublicKeyInfo());
        return Arrays.equals(actual, expected)
                ? List.of()
                : List.of("subjectKeyIdentifier: is not that of the key (RFC 7093 section 2, method 1)");
    }
}
