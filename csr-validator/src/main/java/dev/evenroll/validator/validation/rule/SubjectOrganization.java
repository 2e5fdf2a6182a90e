package dev.evenroll.validator.validation.rule;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.request.SubjectAttribute;
import dev.evenroll.validator.registry.DeviceLife;
import dev.evenroll.validator.validation.EnrollmentCase;
import java.util.List;

/// O, when the subject has one, is the operator that the device is registered for.
///
/// Source: OCPP 2.0.1 A00.FR.509: the station copies O from `SecurityCtrlr.OrganizationName`. What the
/// certificate says comes from the registry all the same; a request that says otherwise shows a device
/// that was configured for somebody else. The message does not tell the registered operator, which is
/// not the requester's to know.
public final class SubjectOrganization implements Rule {

    @Override
    public List<Failure> judge(EnrollmentCase enrollment) {
        if (!(enrollment.device() instanceof DeviceLife.Known known)) {
            return List.of();
        }
        var owner = known.entry().registration().owner();
        return enrollment.request().subject().stream()
                .filter(attribute -> attribute.oid().equals(SubjectAttribute.ORGANIZATION))
                .filter(attribute -> !attribute.value().equals(owner))
                .map(attribute -> new Failure(
                        "subject-organization",
                        "subject: O is \"" + attribute.value() + "\", which is not the operator that "
                                + enrollment.deviceId()
                                + " is registered for; set the device's organization name to it, or leave O out"))
                .limit(1)
                .toList();
    }

    @Override
    public boolean mayBeToldToRequester(EnrollmentCase enrollment) {
        return enrollment.requesterSpeaksForDevice();
    }
}
