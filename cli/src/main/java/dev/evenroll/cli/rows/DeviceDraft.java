package dev.evenroll.cli.rows;

import dev.evenroll.cli.administration.DeviceEntry;
import dev.evenroll.cli.administration.EnrollmentModel;
import dev.evenroll.cli.administration.FieldError;
import dev.evenroll.pki.identity.DeviceId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a row says of a device, not looked at yet.
///
/// Owned by one thread.
final class DeviceDraft {

    /// What stands for no model at all, where a list can not be empty.
    static final String NO_MODEL = "none";

    private static final String MODELS = Arrays.stream(EnrollmentModel.values())
            .map(EnrollmentModel::toString)
            .collect(Collectors.joining(", "));

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
        if (isNew(DeviceField.DEVICE_ID)) {
            problemWithId().ifPresent(reason -> error(DeviceField.DEVICE_ID.label(), reason));
        }
        for (var field : DeviceField.values()) {
            if (isNew(field)) {
                FieldRules.problemWith(field, texts.get(field)).ifPresent(errors::add);
            }
        }
        var allowed = allowed();
        return errors.isEmpty() ? new Row.Good(line, deviceId, entry(allowed)) : new Row.Bad(line, deviceId, errors);
    }

    private Optional<String> problemWithId() {
        var deviceId = texts.get(DeviceField.DEVICE_ID);
        if (deviceId == null) {
            return Optional.of("is missing; give the serial number of the device");
        }
        // The failure's message begins with what is wrong, which is the field here.
        return DeviceId.problemWith(deviceId)
                .map(problem -> problem.message()
                        .substring(problem.message().indexOf(':') + 1)
                        .strip());
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
            EnrollmentModel.named(name).ifPresent(allowed::add);
        }
        if (allowed.size() < models.size() && isNew(DeviceField.ENROLLMENT_MODELS)) {
            error(DeviceField.ENROLLMENT_MODELS.label(), "may hold " + MODELS + " only");
        }
        return allowed;
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
                Optional.ofNullable(texts.get(DeviceField.KEY_SHA256)),
                texts.getOrDefault(DeviceField.PROFILE, DeviceEntry.UNSAID_PROFILE));
    }

    private String given(DeviceField field) {
        return Objects.requireNonNull(texts.get(field), field.label());
    }
}
