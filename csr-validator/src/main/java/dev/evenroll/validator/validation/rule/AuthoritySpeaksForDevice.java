package dev.evenroll.validator.validation.rule;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.RuleText;
import dev.evenroll.validator.registry.DeviceLife;
import dev.evenroll.validator.registry.Registration;
import dev.evenroll.validator.validation.Authority;
import dev.evenroll.validator.validation.EnrollmentCase;
import dev.evenroll.validator.validation.Requester;
import java.util.List;

/// The device is at a site of the local controller, or made by a manufacturer of the factory line.
///
/// A registration authority hears the same of a device of somebody else and of one that does not exist: it could
/// otherwise ask through the registry.
public final class AuthoritySpeaksForDevice implements Rule {

    private static final RuleText SITE = new RuleText(
            "authority-site",
            "OCPP 2.0.1 part 4: a local controller's authority ends at the stations attached to it",
            "a local controller that asks for a device of another site",
            "device: <device> is registered at the site \"<site>\", which is none of the local controller <name>; "
                    + "have the device transferred, or the site added to the controller");
    private static final RuleText MANUFACTURER = new RuleText(
            "authority-manufacturer",
            "IEEE 802.1AR-2018 section 8.6: serial numbers are unique within a manufacturer",
            "a factory line that asks for a device of another manufacturer",
            "device: <device> is registered with the manufacturer <manufacturer>, which is none of the factory line "
                    + "<name>; have the registration examined, or the manufacturer added to the line");
    private static final RuleText NOT_ITS_DEVICE = new RuleText(
            "authority-device",
            "OWASP: an answer does not tell what exists",
            "the only thing that a registration authority hears of a device that it does not speak for, "
                    + "registered or not",
            "device: <device> is not registered as one that <name> speaks for; have its registration examined");

    @Override
    public List<RuleText> texts() {
        return List.of(SITE, MANUFACTURER, NOT_ITS_DEVICE);
    }

    @Override
    public List<Failure> judge(EnrollmentCase enrollment) {
        if (!(enrollment.requester() instanceof Requester.Registering registering)
                || !(enrollment.device() instanceof DeviceLife.Known known)) {
            return List.of();
        }
        var authority = registering.authority();
        var registration = known.entry().registration();
        return authority == null || authority.covers(registration)
                ? List.of()
                : List.of(failure(enrollment.deviceId().value(), authority, registration));
    }

    private static Failure failure(String device, Authority authority, Registration registration) {
        return switch (authority.kind()) {
            case LOCAL_CONTROLLER -> SITE.failure(device, registration.site(), authority.name());
            case FACTORY_LINE -> MANUFACTURER.failure(device, registration.manufacturer(), authority.name());
        };
    }

    @Override
    public List<Failure> told(EnrollmentCase enrollment, List<Failure> found) {
        return enrollment.requester() instanceof Requester.Registering registering
                        && registering.mayRegister()
                        && !enrollment.isCoveredBy(registering)
                ? List.of(NOT_ITS_DEVICE.failure(enrollment.deviceId().value(), registering.name()))
                : List.of();
    }
}
