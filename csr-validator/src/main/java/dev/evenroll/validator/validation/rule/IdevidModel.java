package dev.evenroll.validator.validation.rule;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.RuleText;
import dev.evenroll.pki.path.ManufacturerAnchor;
import dev.evenroll.validator.registry.Registration;
import dev.evenroll.validator.validation.EnrollmentCase;
import dev.evenroll.validator.validation.Requester;
import java.util.List;
import java.util.stream.Collectors;

/// An anchor that is trusted for one model vouches for no other.
public final class IdevidModel implements AboutDevice {

    private static final RuleText OTHER_MODEL = new RuleText(
            "idevid-model",
            "RFC 5937: constraints of a trust anchor, here those of the file <manufacturer>/<model>.pem",
            "a certificate below an anchor for another model than the registered one",
            "requester certificate: leads to the trust anchor <anchor>, which is not for the model <model> that "
                    + "<device> is registered as; have its registration examined");

    @Override
    public List<RuleText> texts() {
        return List.of(OTHER_MODEL);
    }

    @Override
    public List<Failure> judge(EnrollmentCase enrollment) {
        if (!(enrollment.requester() instanceof Requester.Manufactured manufactured)
                || enrollment.isOfAnotherManufacturer(manufactured)) {
            return List.of();
        }
        return enrollment
                .registration()
                .filter(registration -> manufactured.anchors().stream()
                        .noneMatch(anchor -> anchor.allows(registration.manufacturer(), registration.model())))
                .map(registration -> OTHER_MODEL.failure(
                        names(manufactured, registration),
                        registration.model(),
                        enrollment.deviceId().value()))
                .stream()
                .toList();
    }

    private static String names(Requester.Manufactured manufactured, Registration registration) {
        return manufactured.anchors().stream()
                .filter(anchor -> anchor.manufacturer().equals(registration.manufacturer()))
                .map(ManufacturerAnchor::name)
                .collect(Collectors.joining(", "));
    }
}
