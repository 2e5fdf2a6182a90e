package dev.evenroll.validator.validation.rule;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.RuleText;
import dev.evenroll.validator.registry.DeviceLife;
import dev.evenroll.validator.validation.EnrollmentCase;
import java.util.List;
import java.util.Optional;

/// The device is in the registry, or a policy enters it there, in a state in which it may have a certificate.
///
/// One in quarantine may, once a person has approved it: it is not refused.
public final class DeviceMayEnroll implements AboutDevice {

    private static final RuleText NOT_REGISTERED = new RuleText(
            "device-not-registered",
            "OCPP 2.0.1 A00.FR.404 and FR.405: the operator knows CN and O of its stations",
            "a device that is not in the registry, and that no policy enters there",
            "device: <device> is not registered; have its operator register it, then enroll again");
    private static final RuleText SUSPENDED = new RuleText(
            "device-suspended",
            "NIST SP 800-53 AC-2: what an operator has taken out gets nothing",
            "a suspended device",
            "device: <device> is suspended; have its operator resume it, then enroll again");
    private static final RuleText DECOMMISSIONED = new RuleText(
            "device-decommissioned",
            "NIST SP 800-53 AC-2",
            "a decommissioned device",
            "device: <device> is decommissioned; if it is to live again, have its operator register it anew");
    private static final RuleText UNKNOWN_STATE = new RuleText(
            "device-state",
            "docs/TRUST.md: what is not understood is not trusted",
            "a device in a state that a newer version wrote",
            "device: <device> is in a state that this version of csr-validator does not know; have it upgraded");

    @Override
    public List<RuleText> texts() {
        return List.of(NOT_REGISTERED, SUSPENDED, DECOMMISSIONED, UNKNOWN_STATE);
    }

    @Override
    public List<Failure> judge(EnrollmentCase enrollment) {
        var device = enrollment.deviceId().value();
        if (enrollment.device() instanceof DeviceLife.Unregistered) {
            return isEntered(enrollment) ? List.of() : List.of(NOT_REGISTERED.failure(device));
        }
        return bar(enrollment.device()).stream()
                .map(text -> text.failure(device))
                .toList();
    }

    /// Whether this rule refuses every request for the device, as long as it is in the state.
    public static boolean bars(DeviceLife device) {
        return bar(device).isPresent();
    }

    private static Optional<RuleText> bar(DeviceLife device) {
        return switch (device) {
            case DeviceLife.Suspended _ -> Optional.of(SUSPENDED);
            case DeviceLife.Decommissioned _ -> Optional.of(DECOMMISSIONED);
            case DeviceLife.Unrecognized _ -> Optional.of(UNKNOWN_STATE);
            case DeviceLife.Unregistered _, DeviceLife.Registered _, DeviceLife.Enrolled _, DeviceLife.Quarantined _ ->
                Optional.empty();
        };
    }

    private static boolean isEntered(EnrollmentCase enrollment) {
        return enrollment.justInTime() != null && enrollment.justInTime().admission() != null;
    }
}
