package dev.evenroll.pki.lint;

import dev.evenroll.pki.request.SubjectAttribute;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/// A device has no alternative name: a station is known by its common name, a dNSName should not be used (OCPP
/// 2.0.1 A00.FR.511). A server has one, the dNSName that its common name is (RFC 9525 section 2; RFC 5280 section
/// 4.2.1.6), not critical since there is a subject.
final class SubjectAlternativeNameRule implements TbsRule {
    @Override
    public String name() {
        return "subject-alternative-name";
    }

    @Override
    public List<String> judge(Examination examined) {
        Optional<Extension> extension = examined.extension(Extension.subjectAlternativeName);
        if (!examined.profile().subject().dnsName()) {
            return extension.isEmpty()
                    ? List.of()
                    : List.of("subjectAltName: must be absent; a device is known by its common name");
        }
        String commonName = SubjectAttribute.only(
                        SubjectAttribute.of(examined.certificate().getSubject()), SubjectAttribute.COMMON_NAME)
                .orElse("");
        boolean right = extension.isPresent() && !extension.get().isCritical() && says(extension.get(), commonName);
        return right
                ? List.of()
                : List.of("subjectAltName: must be the common name as the one dNSName, and not critical");
    }

    private static boolean says(Extension extension, String commonName) {
        // What is no host name is said by another rule.
        return commonName.chars().allMatch(character -> character < 128)
                && Examination.says(
                        extension,
                        new GeneralNames(new GeneralName(GeneralName.dNSName, new DERIA5String(commonName))));
    }
}
