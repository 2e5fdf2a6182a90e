package dev.evenroll.validator.validation.rule;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.RuleText;
import dev.evenroll.pki.profile.Profile;
import dev.evenroll.pki.profile.SubjectShape;
import dev.evenroll.pki.request.SubjectAttribute;
import dev.evenroll.validator.validation.EnrollmentCase;
import dev.evenroll.validator.validation.Requester;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The subject has no attribute but those that the device's certificate profile certifies: CN, mostly O, and its domain
/// components. A renewal asks for the subject of the present certificate, whatever profile that was issued under.
///
/// Anything else would not be certified, so that the device would hold a certificate for another name than
/// it asked for.
public final class SubjectAttributes implements AboutDevice {

    private static final RuleText OTHERS = new RuleText(
            "subject-attributes",
            "OCPP 2.0.1 A00.FR.509 and FR.511 name CN and O; docs/PROFILES.md (subject)",
            "a subject with other attributes than those of the device's certificate profile",
            "subject: has <attributes>, which is not certified; make the request again with <certified> only");

    @Override
    public List<RuleText> texts() {
        return List.of(OTHERS);
    }

    @Override
    public List<Failure> judge(EnrollmentCase enrollment) {
        var shape = enrollment.certificateProfile().map(Profile::subject);
        var present = present(enrollment.requester());
        var others = enrollment.request().subject().stream()
                .filter(attribute -> !isCertified(attribute, shape) && !present.contains(attribute))
                .map(SubjectAttribute::name)
                .distinct()
                .collect(Collectors.joining(", "));
        return others.isEmpty() ? List.of() : List.of(OTHERS.failure(others, certified(shape)));
    }

    private static List<SubjectAttribute> present(Requester requester) {
        return requester instanceof Requester.Certified certified
                ? SubjectAttribute.of(certified.certificate())
                : List.of();
    }

    private static boolean isCertified(SubjectAttribute attribute, Optional<SubjectShape> shape) {
        return switch (attribute.oid()) {
            case SubjectAttribute.COMMON_NAME -> true;
            case SubjectAttribute.ORGANIZATION ->
                shape.map(SubjectShape::organization).orElse(true);
            case SubjectAttribute.DOMAIN_COMPONENT ->
                shape.map(SubjectShape::domainComponents).orElse(List.of()).contains(attribute.value());
            default -> false;
        };
    }

    private static String certified(Optional<SubjectShape> shape) {
        var names = new ArrayList<String>();
        names.add("CN");
        if (shape.map(SubjectShape::organization).orElse(true)) {
            names.add("O");
        }
        shape.ifPresent(it -> it.domainComponents().forEach(component -> names.add("DC=" + component)));
        return names.size() == 1
                ? names.getFirst()
                : String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.getLast();
    }
}
