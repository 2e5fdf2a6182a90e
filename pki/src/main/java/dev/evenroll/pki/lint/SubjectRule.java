package dev.evenroll.pki.lint;

import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.pki.request.SubjectAttribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;

/// The subject is one common name that is a device id (OCPP 2.0.1 A00.FR.511), and at most one organization
/// (FR.509), both as UTF8String, and domain components as IA5String (RFC 5280 section 4.1.2.6).
final class SubjectRule implements TbsRule {
    private static final Set<String> ALLOWED =
            Set.of(SubjectAttribute.COMMON_NAME, SubjectAttribute.ORGANIZATION, SubjectAttribute.DOMAIN_COMPONENT);

    @Override
    public String name() {
        return "subject";
    }

    @Override
    public List<String> judge(Examination examined) {
        var problems = new ArrayList<String>();
        var attributes = SubjectAttribute.of(examined.certificate().getSubject());
        SubjectAttribute.only(attributes, SubjectAttribute.COMMON_NAME)
                .ifPresentOrElse(
                        commonName -> DeviceId.problemWith(commonName)
                                .ifPresent(
                                        problem -> problems.add("subject: the common name is no " + problem.message())),
                        () -> problems.add("subject: must have exactly one common name"));
        if (attributes.stream()
                        .filter(a -> a.oid().equals(SubjectAttribute.ORGANIZATION))
                        .count()
                > 1) {
            problems.add("subject: must have at most one organization");
        }
        attributes.stream()
                .filter(attribute -> !ALLOWED.contains(attribute.oid()))
                .forEach(attribute -> problems.add("subject: " + attribute.name() + " does not belong into it"));
        for (RDN rdn : examined.certificate().getSubject().getRDNs()) {
            if (rdn.size() != 1 || !isWellWritten(rdn.getFirst())) {
                problems.add("subject: each attribute must stand alone, as UTF8String, DC as IA5String");
            }
        }
        return problems;
    }

    private static boolean isWellWritten(AttributeTypeAndValue attribute) {
        return attribute.getType().getId().equals(SubjectAttribute.DOMAIN_COMPONENT)
                ? attribute.getValue() instanceof ASN1IA5String
                : attribute.getValue() instanceof ASN1UTF8String;
    }
}
