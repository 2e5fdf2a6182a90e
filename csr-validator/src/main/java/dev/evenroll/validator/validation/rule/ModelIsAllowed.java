package dev.evenroll.validator.validation.rule;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.RuleText;
import dev.evenroll.validator.registry.DeviceLife;
import dev.evenroll.validator.registry.EnrollmentModel;
import dev.evenroll.validator.registry.Word;
import dev.evenroll.validator.validation.EnrollmentCase;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The way in which a certificate is asked for is one that the device is registered for.
public final class ModelIsAllowed implements AboutDevice {

    private static final RuleText NOT_ALLOWED = new RuleText(
            "enrollment-model",
            "NIST SP 800-53 AC-3: the registrar says which enrollment models a device may use",
            "an enrollment model that the device is not registered for; renewal is open to all",
            "enrollment model: <device> may not enroll by the model <model>, its registration allows <models>; "
                    + "enroll it so, or have its registration updated");

    @Override
    public List<RuleText> texts() {
        return List.of(NOT_ALLOWED);
    }

    @Override
    public List<Failure> judge(EnrollmentCase enrollment) {
        var model = enrollment.model();
        if (model == null
                || model == EnrollmentModel.RENEWAL
                || !(enrollment.device() instanceof DeviceLife.Known known)) {
            return List.of();
        }
        var allowed = known.entry().registration().enrollmentModels();
        return allowed.contains(model)
                ? List.of()
                : List.of(NOT_ALLOWED.failure(enrollment.deviceId().value(), Word.of(model), words(allowed)));
    }

    private static String words(Set<EnrollmentModel> models) {
        return models.isEmpty()
                ? "none but renewal"
                : models.stream().sorted().map(Word::of).collect(Collectors.joining(", "));
    }
}
