package dev.evenroll.validator.validation.rule;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.RuleText;
import dev.evenroll.pki.path.ManufacturerAnchor;
import dev.evenroll.validator.validation.EnrollmentCase;
import dev.evenroll.validator.validation.Requester;
import java.util.List;
import java.util.stream.Collectors;

/// The anchor that vouches for the device is that of its registered manufacturer.
///
/// One manufacturer could otherwise speak for the devices of another.
public final class IdevidManufacturer implements Rule {

    private static final RuleText OTHER_MANUFACTURER = new RuleText(
            "idevid-manufacturer",
            "IEEE 802.1AR-2018 section 8.6: serial numbers are unique within a manufacturer only",
            "the certificate of another manufacturer than the registered one",
            "requester certificate: was issued by the manufacturer <manufacturer>, which is not the one that "
                    + "<device> is registered with; have its registration examined");

    @Override
    public List<RuleText> texts() {
        return List.of(OTHER_MANUFACTURER);
    }

    @Override
    public List<Failure> judge(EnrollmentCase enrollment) {
        return enrollment.requester() instanceof Requester.Manufactured manufactured
                        && enrollment.isOfAnotherManufacturer(manufactured)
                ? List.of(OTHER_MANUFACTURER.failure(
                        names(manufactured), enrollment.deviceId().value()))
                : List.of();
    }

    private static String names(Requester.Manufactured manufactured) {
        return manufactured.anchors().stream()
                .map(ManufacturerAnchor::manufacturer)
                .distinct()
                .collect(Collectors.joining(" or "));
    }

    @Override
    public List<Failure> told(EnrollmentCase enrollment, List<Failure> found) {
        return enrollment.requesterHasNameOfDevice() ? found : List.of();
    }
}
