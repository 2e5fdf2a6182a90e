package dev.evenroll.validator.validation.rule;

import dev.evenroll.pki.Failure;
import dev.evenroll.validator.registry.DeviceLife;
import dev.evenroll.validator.validation.EnrollmentCase;
import java.util.List;

/// The device is in the registry, in a state in which it may have a certificate.
///
/// Source: DESIGN, enrollment models: who is not registered is not enrolled; a state that is not known
/// is not trusted (promise 6).
public final class DeviceMayEnroll implements Rule {

    @Override
    public List<Failure> judge(EnrollmentCase enrollment) {
        return switch (enrollment.device()) {
            case DeviceLife.Unregistered _ ->
                List.of(new Failure(
                        "device-not-registered",
                        "device: " + enrollment.deviceId()
                                + " is not registered; have its operator register it, then enroll again"));
            case DeviceLife.Known known
            when !known.mayEnroll() ->
                List.of(new Failure(
                        "device-state",
                        "device: " + enrollment.deviceId()
                                + " is in a state that this version of csr-validator does not know; have it upgraded"));
            case DeviceLife.Known _ -> List.of();
        };
    }

    @Override
    public boolean mayBeToldToRequester(EnrollmentCase enrollment) {
        return enrollment.requesterSpeaksForDevice();
    }
}
