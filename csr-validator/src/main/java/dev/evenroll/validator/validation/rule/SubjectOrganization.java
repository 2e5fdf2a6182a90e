package dev.evenroll.validator.validation.rule;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.RuleText;
import dev.evenroll.pki.request.SubjectAttribute;
import dev.evenroll.validator.registry.Registration;
import dev.evenroll.validator.validation.EnrollmentCase;
import java.util.List;

/// O, when the subject has one, is the operator that the device is registered for, or would be by the policy that
/// lets it in.
///
/// What the certificate says comes from the registry all the same; a request that says otherwise shows a
/// device that was configured for somebody else. The message does not tell the registered operator, which is
/// not the requester's to know.
public final class SubjectOrganization implements AboutDevice {

    private static final RuleText OTHER_OPERATOR = new RuleText(
            "subject-organization",
            "OCPP 2.0.1 A00.FR.509: O is the operator, SecurityCtrlr.OrganizationName",
            "a subject whose O is another than the registered operator",
            "subject: O is \"<organization>\", which is not the operator that <device> is registered for; "
                    + "set the device's organization name to it, or leave O out");

    @Override
    public List<RuleText> texts() {
        return List.of(OTHER_OPERATOR);
    }

    @Override
    public List<Failure> judge(EnrollmentCase enrollment) {
        return enrollment.registration().map(Registration::owner).stream()
                .flatMap(owner -> enrollment.request().subject().stream()
                        .filter(attribute -> attribute.oid().equals(SubjectAttribute.ORGANIZATION))
                        .map(SubjectAttribute::value)
                        .filter(organization -> !organization.equals(owner)))
                .map(organization -> OTHER_OPERATOR.failure(
                        organization, enrollment.deviceId().value()))
                .limit(1)
                .toList();
    }
}
