package dev.evenroll.validator;

import dev.evenroll.pki.RuleText;
import dev.evenroll.validator.enrollment.EnrollmentRules;
import dev.evenroll.validator.validation.Judge;
import dev.evenroll.validator.validation.rule.ExtensionTreatment;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The text of docs/RULES.md.
final class RulesDocument {

    private RulesDocument() {}

    static String text() {
        return """
                # Rules

                Generated from the code by `RulesDocumentTest` (csr-validator); a build with other rules fails. To write it anew: `./mvnw -pl csr-validator test -Dtest=RulesDocumentTest -Devenroll.regenerate=true`.

                Every rule is judged for every request, whatever the enrollment model, and all failures are reported together: in `enrollment.refused` and the audit log. The requester hears of them what it may: what the registry holds of a device is for those who speak for it, and a wrong token is answered with one sentence, whatever is wrong. Words in angle brackets differ from case to case. What `enroll-gateway` has refused before that: [GATEWAY.md](GATEWAY.md).

                ## What the judgement refuses

                %s
                ## What makes a request wait for a person

                A request that no rule refuses may still need an approval; the message is the reason that stands in `enrollment.pending`.

                %s
                ## What ends an enrollment after the judgement

                %s
                ## Requested extensions

                A request may ask for extensions (RFC 2985 section 5.4.2). None is copied: the profile decides what a certificate says. What would do harm if it were copied is refused by the rules `requested-…` above, so that nobody believes to have got it; the rest is passed over.

                %s""".formatted(
                        table("what is refused", Judge.texts()),
                        table("what waits", Judge.reasonsToWait()),
                        table("what is refused", afterJudgement()),
                        extensions());
    }

    /// Every row.
    static List<RuleText> all() {
        return Stream.of(Judge.texts(), Judge.reasonsToWait(), afterJudgement())
                .flatMap(List::stream)
                .toList();
    }

    private static List<RuleText> afterJudgement() {
        return EnrollmentRules.texts();
    }

    private static String table(String refuses, List<RuleText> texts) {
        return "| rule | source | " + refuses + " | message |\n|---|---|---|---|\n"
                + texts.stream()
                        .map(text -> "| `%s` | %s | %s | %s |\n"
                                .formatted(
                                        text.rule(), cell(text.source()), cell(text.refuses()), cell(text.message())))
                        .collect(Collectors.joining());
    }

    private static String extensions() {
        return "| extension | what becomes of it | source |\n|---|---|---|\n"
                + ExtensionTreatment.all().stream()
                        .map(treatment -> "| %s | %s | %s |\n"
                                .formatted(
                                        cell(treatment.extension()),
                                        cell(treatment.decision()),
                                        cell(treatment.source())))
                        .collect(Collectors.joining());
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;").replace(">", "&gt;");
    }
}
