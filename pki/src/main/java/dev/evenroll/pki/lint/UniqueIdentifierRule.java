package dev.evenroll.pki.lint;

import java.util.List;

/// Issuer and subject have no unique identifiers (RFC 5280 section 4.1.2.8).
final class UniqueIdentifierRule implements TbsRule {
    @Override
    public String name() {
        return "unique-identifier";
    }

    @Override
    public List<String> judge(Examination examined) {
        var certificate = examined.certificate();
        return certificate.getIssuerUniqueId() == null && certificate.getSubjectUniqueId() == null
                ? List.of()
                : List.of("issuerUniqueID, subjectUniqueID: must be absent");
    }
}
