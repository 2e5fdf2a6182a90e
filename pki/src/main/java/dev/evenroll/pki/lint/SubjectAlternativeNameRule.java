package dev.evenroll.pki.lint;

import java.util.List;
import org.bouncycastle.asn1.x509.Extension;

/// There is no alternative name: a station is known by its common name, a dNSName should not be used (OCPP
/// 2.0.1 A00.FR.511).
final class SubjectAlternativeNameRule implements TbsRule {
    @Override
    public String name() {
        return "subject-alternative-name";
    }

    @Override
    public List<String> judge(Examination examined) {
        return examined.extension(Extension.subjectAlternativeName).isEmpty()
                ? List.of()
                : List.of("subjectAltName: must be absent; a device is known by its common name");
    }
}
