package dev.evenroll.pki.ceremony;

import java.util.List;

/// The subject says what the CA is and of which environment ([CaName]), and both CAs are of one: nobody shall take a
/// test certificate for one of production.
final class CaSubjectRule implements CaRule {

    @Override
    public String name() {
        return "subject";
    }

    @Override
    public List<String> judge(CaExamination examined) {
        var subject = CaName.read(examined.certificate().getSubject());
        if (subject.isEmpty()) {
            return List.of("subject: is not like \"O=Example Charging,CN=Example Charging Issuing CA 1 (staging)\"");
        }
        var expected = examined.use() == CaUse.ISSUING ? CaName.Kind.ISSUING : CaName.Kind.ROOT;
        if (subject.get().kind() != expected) {
            return List.of("subject: names a CA of another kind");
        }
        return CaName.read(examined.signer().name())
                        .filter(signer -> signer.kind() == CaName.Kind.ROOT)
                        .filter(signer ->
                                signer.environment().equals(subject.get().environment()))
                        .isPresent()
                ? List.of()
                : List.of("subject: is of the environment " + subject.get().environment()
                        + ", and the signer is no root of that");
    }
}
