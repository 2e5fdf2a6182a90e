package dev.evenroll.validator.validation.rule;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.RuleText;
import dev.evenroll.validator.validation.EnrollmentCase;
import dev.evenroll.validator.validation.Requester;
import java.util.List;

/// The manufacturer's certificate is that of the device itself.
public final class IdevidSerialNumber implements Rule {

    private static final String SOURCE =
            "IEEE 802.1AR-2018 section 8.6: the subject's serialNumber attribute identifies the device";
    private static final RuleText OTHER_DEVICE = new RuleText(
            "idevid-serial-number",
            SOURCE,
            "the manufacturer's certificate of another device",
            "requester certificate: is that of the device <other>, the request is for <device>; "
                    + "a device enrolls for itself only");
    private static final RuleText NAMELESS = new RuleText(
            "idevid-serial-number",
            SOURCE,
            "a manufacturer's certificate without exactly one serial number",
            "requester certificate: has no single serialNumber attribute in its subject (IEEE 802.1AR); "
                    + "use the device's IDevID certificate");

    @Override
    public List<RuleText> texts() {
        return List.of(OTHER_DEVICE, NAMELESS);
    }

    @Override
    public List<Failure> judge(EnrollmentCase enrollment) {
        return enrollment.requester() instanceof Requester.Manufactured manufactured
                        && !enrollment.requesterHasNameOfDevice()
                ? List.of(EnrollmentCase.serialNumber(manufactured.certificate())
                        .map(other -> OTHER_DEVICE.failure(
                                other, enrollment.deviceId().value()))
                        .orElseGet(NAMELESS::failure))
                : List.of();
    }
}
