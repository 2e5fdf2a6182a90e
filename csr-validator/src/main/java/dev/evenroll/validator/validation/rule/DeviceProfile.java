package dev.evenroll.validator.validation.rule;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.RuleText;
import dev.evenroll.validator.registry.Registration;
import dev.evenroll.validator.validation.EnrollmentCase;
import java.util.List;

/// The device has a certificate profile that the installation has, and an id as that profile wants it.
///
/// The registry looks at both when a device is entered; the file of profiles may be another one since.
public final class DeviceProfile implements AboutDevice {

    private static final RuleText UNKNOWN = new RuleText(
            "device-profile",
            "docs/PROFILES.md; evenroll.profiles",
            "a device with a certificate profile that the installation does not have",
            "device: <device> has the profile <profile>, which this installation does not have; have the registration "
                    + "of the device changed, or the file of profiles");
    private static final RuleText OTHER_SHAPE = new RuleText(
            "device-profile",
            "docs/PROFILES.md (commonName); RFC 9525 section 2 for host names",
            "a device whose id is not of the shape that its certificate profile wants",
            "device: <device> has the profile <profile>, which is for devices with <shape> as id; have the "
                    + "registration of the device changed");

    @Override
    public List<RuleText> texts() {
        return List.of(UNKNOWN, OTHER_SHAPE);
    }

    @Override
    public List<Failure> judge(EnrollmentCase enrollment) {
        return enrollment.registration().map(Registration::profile).stream()
                .flatMap(name -> judge(name, enrollment).stream())
                .toList();
    }

    private static List<Failure> judge(String name, EnrollmentCase enrollment) {
        var device = enrollment.deviceId().value();
        return enrollment
                .certificateProfile()
                .map(profile -> profile.subject().commonName())
                .map(shape -> shape.fits(device)
                        ? List.<Failure>of()
                        : List.of(OTHER_SHAPE.failure(device, name, shape.described())))
                .orElseGet(() -> List.of(UNKNOWN.failure(device, name)));
    }
}
