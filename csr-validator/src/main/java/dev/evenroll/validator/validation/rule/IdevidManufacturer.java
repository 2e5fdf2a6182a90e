package dev.evenroll.validator.validation.rule;

import dev.evenroll.pki.Failure;
import dev.evenroll.validator.validation.EnrollmentCase;
import dev.evenroll.validator.validation.Requester;
import java.util.List;

/// The anchor that vouches for the device is that of its registered manufacturer.
///
/// Source: DESIGN, enrollment model "factory": serial numbers are unique within a manufacturer only
/// (IEEE 802.1AR-2018 section 8.6), so that one manufacturer could otherwise speak for the devices of
/// another.
public final class IdevidManufacturer implements Rule {

    @Override
    public List<Failure> judge(EnrollmentCase enrollment) {
        if (!(enrollment.requester() instanceof Requester.Manufactured manufactured)
                || !enrollment.isOfAnotherManufacturer(manufactured)) {
            return List.of();
        }
        return List.of(new Failure(
                "idevid-manufacturer",
                "requester certificate: was issued by the manufacturer " + manufactured.manufacturer()
                        + ", which is not the one that " + enrollment.deviceId()
                        + " is registered with; have its registration examined"));
    }

    @Override
    public boolean mayBeToldToRequester(EnrollmentCase enrollment) {
        return enrollment.requesterHasNameOfDevice();
    }
}
