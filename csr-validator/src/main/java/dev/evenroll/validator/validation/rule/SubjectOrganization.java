package dev.evenroll.validator.validation.rule;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.RuleText;
import dev.evenroll.pki.request.SubjectAttribute;
import dev.evenroll.validator.registry.Registration;
import dev.evenroll.validator.validation.EnrollmentCase;
import dev.evenroll.validator.validation.Requester;
import java.util.List;

/// O, when the subject has one, is the operator that the device is registered for, or would be by the policy that
/// lets it in.
///
/// What the certificate says comes from the registry all the same; a request that says otherwise shows a
/// device that was configured for somebody else. The message tells the registered operator only to who renews with a
/// certificate that names him; to others it is not theirs to know.
public final class SubjectOrganization implements AboutDevice {

    private static final RuleText OTHER_OPERATOR = new RuleText(
            "subject-organization",
            "OCPP 2.0.1 A00.FR.509: O is the operator, SecurityCtrlr.OrganizationName",
            "a subject whose O is another than the registered operator",
            "subject: O is \"<organization>\", which is not the operator that <device> is registered for; "
                    + "set the device's organization name to it, or leave O out");

    private static final RuleText OTHER_THAN_CERTIFIED = new RuleText(
            "subject-organization",
            "OCPP 2.0.1 A00.FR.509: O is the operator, SecurityCtrlr.OrganizationName",
            "a renewal with another O than that of the registered operator, who stands in the present certificate",
            "subject: O is \"<organization>\", and <device> is registered for the operator \"<operator>\", as its "
                    + "present certificate says; set the device's organization name to that");

    @Override
    public List<RuleText> texts() {
        return List.of(OTHER_OPERATOR, OTHER_THAN_CERTIFIED);
    }

    @Override
    public List<Failure> judge(EnrollmentCase enrollment) {
        return enrollment.registration().map(Registration::owner).stream()
                .flatMap(owner -> enrollment.request().subject().stream()
                        .filter(attribute -> attribute.oid().equals(SubjectAttribute.ORGANIZATION))
                        .map(SubjectAttribute::value)
                        .filter(organization -> !organization.equals(owner))
                        .map(organization -> failure(organization, owner, enrollment)))
                .limit(1)
                .toList();
    }

    private static Failure failure(String organization, String owner, EnrollmentCase enrollment) {
        var device = enrollment.deviceId().value();
        return isCertified(owner, enrollment.requester())
                ? OTHER_THAN_CERTIFIED.failure(organization, device, owner)
                : OTHER_OPERATOR.failure(organization, device);
    }

    private static boolean isCertified(String owner, Requester requester) {
        return requester instanceof Requester.Certified certified
                && SubjectAttribute.only(SubjectAttribute.of(certified.certificate()), SubjectAttribute.ORGANIZATION)
                        .filter(owner::equals)
                        .isPresent();
    }
}
