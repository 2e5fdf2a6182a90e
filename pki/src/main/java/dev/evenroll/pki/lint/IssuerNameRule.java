package dev.evenroll.pki.lint;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.asn1.StrictDer;
import java.util.List;

/// The issuer is the name of the CA, byte for byte: path building compares encodings (RFC 5280 section
/// 4.1.2.4).
final class IssuerNameRule implements TbsRule {
    @Override
    public String name() {
        return "issuer-name";
    }

    @Override
    public List<String> judge(Examination examined) {
        Der issuer = Der.of(StrictDer.encode(examined.certificate().getIssuer()));
        return issuer.equals(examined.issuer().subjectDer())
                ? List.of()
                : List.of("issuer: is not the subject name of the CA, byte for byte");
    }
}
