package dev.evenroll.cli.rows;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The fields of a device in a file, in the order in which they are written.
enum DeviceField {
    DEVICE_ID("deviceId"),
    MANUFACTURER("manufacturer"),
    MODEL("model"),
    OCPP_IDENTITY("ocppIdentity"),
    OWNER("owner"),
    SITE("site"),
    ENROLLMENT_MODELS("enrollmentModels"),
    IDEVID_SHA256("idevidSha256"),
    KEY_SHA256("keySha256"),
    PROFILE("profile");

    /// Those without which nothing can be registered.
    static final List<DeviceField> NEEDED = List.of(DEVICE_ID, MANUFACTURER, MODEL, OCPP_IDENTITY, OWNER, SITE);

    private final String label;

    DeviceField(String label) {
        this.label = label;
    }

    /// As a column and as a field of JSON.
    String label() {
        return label;
    }

    static Optional<DeviceField> labeled(String text) {
        return Arrays.stream(values()).filter(field -> field.label.equals(text)).findFirst();
    }

    /// Every label, for messages.
    static String all() {
        return String.join(", ", Arrays.stream(values()).map(DeviceField::label).toList());
    }
}
