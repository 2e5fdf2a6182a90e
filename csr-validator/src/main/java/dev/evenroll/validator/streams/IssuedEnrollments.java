package dev.evenroll.validator.streams;

import dev.evenroll.pki.Failure;
import dev.evenroll.validator.registry.DeviceCommand;
import dev.evenroll.validator.registry.DeviceLife;
import java.util.List;

/// What becomes of the certificates that repeated requests are answered with: a device that begins anew is
/// not given those of before. Its requests are judged anew.
///
/// Those in flight stay: what comes back of them is held against the device as it is then
/// ([IssuanceHandler]).
record IssuedEnrollments(EnrollmentStore enrollments) implements CommandConsequences {

    @Override
    public List<Failure> objections(DeviceCommand command) {
        return List.of();
    }

    @Override
    public List<Emission> follow(DeviceCommand command, DeviceLife before, DeviceLife.Known device) {
        if (CommandConsequences.beginsAnew(before, device)) {
            enrollments.removeIssued(command.deviceId().value());
        }
        return List.of();
    }
}
