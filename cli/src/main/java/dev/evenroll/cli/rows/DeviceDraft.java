package dev.evenroll.cli.rows;

import dev.evenroll.cli.administration.DeviceEntry;
import dev.evenroll.cli.administration.EnrollmentModel;
import dev.evenroll.cli.administration.FieldError;
import dev.evenroll.pki.identity.DeviceId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a row says of a device, not looked at yet.
///
/// Owned by one thread.
final class DeviceDraft {

    /// What stands for no model at all, where a list can not be empty.
    static final String NO_MODEL = "none";

    private static final String RENEWAL = "RENEWAL";

    private final Map<DeviceField, String> texts = new EnumMap<>(DeviceField.class);
    private final List<FieldError> errors = new ArrayList<>();
    private @Nullable List<String> models;

    void text(DeviceField field, String value) {
        texts.put(field, value);
    }

    /// The names of the enrollment models.
    void models(List<String> names) {
        models = List.copyOf(names);
    }

    void error(String field, String reason) {
        errors.add(new FieldError(field, reason));
    }

    /// The row that it is.
    Row judged(long line) {
        var deviceId = texts.getOrDefault(DeviceField.DEVICE_ID, "");
        DeviceId.problemWith(deviceId)
                .filter(_ -> isNew(DeviceField.DEVICE_ID))
                // The failure's message begins with what is wrong, which is the field here.
                .map(problem -> problem.message()
                        .substring(problem.message().indexOf(':') + 1)
                        .strip())
                .ifPresent(reason -> error(DeviceField.DEVICE_ID.label(), reason));
        for (var field : DeviceField.values()) {
            if (isNew(field)) {
                FieldRules.problemWith(field, texts.get(field)).ifPresent(errors::add);
            }
        }
        var allowed = allowed();
        return errors.isEmpty() ? new Row.Good(line, deviceId, entry(allowed)) : new Row.Bad(line, deviceId, errors);
    }

    private boolean isNew(DeviceField field) {
        return errors.isEmpty()
                || errors.stream().noneMatch(known -> known.field().equals(field.label()));
    }

    private List<EnrollmentModel> allowed() {
        if (models == null) {
            return EnrollmentModel.UNSAID;
        }
        var allowed = new ArrayList<EnrollmentModel>();
        for (var name : models) {
            var model = EnrollmentModel.named(name);
            if (model.isPresent()) {
                allowed.add(model.get());
            } else if (name.toUpperCase(Locale.ROOT).equals(RENEWAL)) {
                modelError("holds RENEWAL, which is open to every enrolled device; leave it out");
            } else {
                modelError("holds \"" + name + "\", which is no enrollment model; those are " + EnrollmentModel.ALL);
            }
        }
        return allowed;
    }

    private void modelError(String reason) {
        error(DeviceField.ENROLLMENT_MODELS.label(), reason);
    }

    private DeviceEntry entry(List<EnrollmentModel> allowed) {
        return new DeviceEntry(
                given(DeviceField.MANUFACTURER),
                given(DeviceField.MODEL),
                given(DeviceField.OCPP_IDENTITY),
                given(DeviceField.OWNER),
                given(DeviceField.SITE),
                allowed,
                Optional.ofNullable(texts.get(DeviceField.IDEVID_SHA256)),
                Optional.ofNullable(texts.get(DeviceField.KEY_SHA256)));
    }

    private String given(DeviceField field) {
        return Objects.requireNonNull(texts.get(field), field.label());
    }
}
