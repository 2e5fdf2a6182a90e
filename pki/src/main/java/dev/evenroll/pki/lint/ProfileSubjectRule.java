package dev.evenroll.pki.lint;

import dev.evenroll.pki.profile.SubjectShape;
import dev.evenroll.pki.request.SubjectAttribute;
import java.util.ArrayList;
import java.util.List;

/// The subject has the parts that the profile names, in the order DC, O, CN, and its common name is of the profile's
/// shape (OCPP 2.0.1 A00.FR.509 and FR.511; FR.701 for servers; ISO 15118-2 annex F for DC).
final class ProfileSubjectRule implements TbsRule {
    @Override
    public String name() {
        return "profile-subject";
    }

    @Override
    public List<String> judge(Examination examined) {
        SubjectShape shape = examined.profile().subject();
        var attributes = SubjectAttribute.of(examined.certificate().getSubject());
        var problems = new ArrayList<String>();
        var components = values(attributes, SubjectAttribute.DOMAIN_COMPONENT);
        if (!components.equals(shape.domainComponents())) {
            problems.add("subject: must have "
                    + (shape.domainComponents().isEmpty()
                            ? "no DC"
                            : "the DC " + String.join(", ", shape.domainComponents()))
                    + ", as the profile says");
        }
        boolean organization =
                !values(attributes, SubjectAttribute.ORGANIZATION).isEmpty();
        if (organization != shape.organization()) {
            problems.add("subject: must have " + (shape.organization() ? "an" : "no")
                    + " organization, as the profile says");
        }
        SubjectAttribute.only(attributes, SubjectAttribute.COMMON_NAME)
                .filter(commonName -> !shape.commonName().fits(commonName))
                .ifPresent(_ -> problems.add(
                        "subject: the common name is not " + shape.commonName().described()));
        if (!inOrder(attributes)) {
            problems.add("subject: must be in the order DC, O, CN");
        }
        return problems;
    }

    private static List<String> values(List<SubjectAttribute> attributes, String oid) {
        return attributes.stream()
                .filter(attribute -> attribute.oid().equals(oid))
                .map(SubjectAttribute::value)
                .toList();
    }

    private static boolean inOrder(List<SubjectAttribute> attributes) {
        var order =
                List.of(SubjectAttribute.DOMAIN_COMPONENT, SubjectAttribute.ORGANIZATION, SubjectAttribute.COMMON_NAME);
        var places = attributes.stream()
                .map(attribute -> order.indexOf(attribute.oid()))
                .filter(place -> place >= 0)
                .toList();
        return places.equals(places.stream().sorted().toList());
    }
}
