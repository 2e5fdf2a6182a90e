package dev.evenroll.validator.streams;

import dev.evenroll.pki.Failure;
import dev.evenroll.validator.registry.DeviceCommand;
import dev.evenroll.validator.registry.DeviceLife;
import java.util.List;

/// What becomes of the certificates of a device that begins anew: repeated requests are not answered with those of
/// before, and are judged anew; and those of before renew nothing any more.
///
/// Enrollments in flight are outdated: what comes back of them is of before as well ([IssuanceHandler]).
record IssuedEnrollments(EnrollmentStore enrollments, CertificateStore certificates) implements CommandConsequences {

    @Override
    public List<Failure> objections(DeviceCommand command) {
        return List.of();
    }

    @Override
    public List<Emission> follow(DeviceCommand command, DeviceLife before, DeviceLife.Known device) {
        if (CommandConsequences.beginsAnew(before, device)) {
            var deviceId = command.deviceId().value();
            for (var issued : enrollments.endLife(deviceId)) {
                certificates.put(deviceId, issued.certificateId(), issued.notAfter());
            }
            certificates.endLife(deviceId);
        }
        return List.of();
    }
}
