package dev.evenroll.validator.validation.rule;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.RuleText;
import dev.evenroll.pki.request.SubjectAttribute;
import dev.evenroll.validator.validation.EnrollmentCase;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The subject has no attribute but CN and O.
///
/// Anything else would not be certified, so that the device would hold a certificate for another name than
/// it asked for.
public final class SubjectAttributes implements Rule {

    private static final RuleText OTHERS = new RuleText(
            "subject-attributes",
            "OCPP 2.0.1 A00.FR.509 and FR.511 name CN and O",
            "a subject with other attributes than CN and O",
            "subject: has <attributes>, which is not certified; make the request again with CN and O only");

    private static final Set<String> CERTIFIED = Set.of(SubjectAttribute.COMMON_NAME, SubjectAttribute.ORGANIZATION);

    @Override
    public List<RuleText> texts() {
        return List.of(OTHERS);
    }

    @Override
    public List<Failure> judge(EnrollmentCase enrollment) {
        var others = enrollment.request().subject().stream()
                .filter(attribute -> !CERTIFIED.contains(attribute.oid()))
                .map(SubjectAttribute::name)
                .distinct()
                .collect(Collectors.joining(", "));
        return others.isEmpty() ? List.of() : List.of(OTHERS.failure(others));
    }
}
