package dev.evenroll.validator.validation.rule;

import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.Failure;
import dev.evenroll.pki.RuleText;
import dev.evenroll.pki.request.SubjectAttribute;
import dev.evenroll.validator.validation.EnrollmentCase;
import dev.evenroll.validator.validation.Requester;
import java.util.HashSet;
import java.util.List;

/// A renewal asks for the subject of the present certificate.
///
/// RFC 7030 wants the subject field "identical". That is read as: the same attributes with the same values,
/// in whatever order and string type, since a device that rebuilds the name from its configuration can not
/// know those. The message names the requester's own certificate, nothing that it does not know.
public final class RenewalSubject implements Rule {

    private static final RuleText OTHER_SUBJECT = new RuleText(
            "renewal-subject",
            "RFC 7030 section 4.2.2: the subject field \"MUST be identical\"",
            "a renewal under another name",
            "subject: is not that of the present certificate (RFC 7030 section 4.2.2); "
                    + "make the request again with the subject <subject>");

    @Override
    public List<RuleText> texts() {
        return List.of(OTHER_SUBJECT);
    }

    @Override
    public List<Failure> judge(EnrollmentCase enrollment) {
        if (!(enrollment.requester() instanceof Requester.Certified certified)) {
            return List.of();
        }
        var present = SubjectAttribute.of(certified.certificate());
        var asked = enrollment.request().subject();
        return present.size() == asked.size() && new HashSet<>(present).equals(new HashSet<>(asked))
                ? List.of()
                : List.of(OTHER_SUBJECT.failure(Certificates.subject(certified.certificate())));
    }
}
