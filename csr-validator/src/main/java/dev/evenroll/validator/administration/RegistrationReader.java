package dev.evenroll.validator.administration;

import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.validator.registry.EnrollmentModel;
import dev.evenroll.validator.registry.Profiles;
import dev.evenroll.validator.registry.Registration;
import dev.evenroll.validator.registry.RegistrationDraft;
import dev.evenroll.validator.registry.Word;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads what callers say of a device.
final class RegistrationReader {

    static final String DEVICE_ID = "deviceId";
    private static final String PROFILE = "profile";
    static final List<String> FIELDS = List.of(
            "manufacturer",
            "model",
            "ocppIdentity",
            "owner",
            "site",
            "enrollmentModels",
            "idevidSha256",
            "keySha256",
            PROFILE);

    static final List<String> ROW_FIELDS =
            Stream.concat(Stream.of(DEVICE_ID), FIELDS.stream()).toList();

    /// What a device as JSON holds beside that: it may be sent back, and is not looked at.
    static final Set<String> READ_ONLY =
            Set.of("state", "stateReason", "registeredAt", "changedAt", "revision", "certificateNotAfter", "warnings");

    /// Renewal is open to every device, so that nobody allows it.
    private static final EnrollmentModel[] MODELS = Arrays.stream(EnrollmentModel.values())
            .filter(model -> model != EnrollmentModel.RENEWAL)
            .toArray(EnrollmentModel[]::new);

    private RegistrationReader() {}

    /// The whole description of a device.
    static Registration whole(DeviceId deviceId, String body, Profiles profiles) throws CallRefusedException {
        var fields = JsonFields.of(body, FIELDS, withDeviceId());
        var named = fields.text(DEVICE_ID);
        if (named != null && !named.equals(deviceId.value())) {
            fields.add(DEVICE_ID, "is not the device of the path; leave it out");
        }
        var draft = draft(fields);
        check(draft, deviceId, profiles, fields);
        fields.check();
        return draft.registration();
    }

    private static Set<String> withDeviceId() {
        var ignored = new HashSet<>(READ_ONLY);
        ignored.add(DEVICE_ID);
        return ignored;
    }

    /// The description of a device with some fields changed (RFC 7396): a null takes a field away.
    static Registration merged(DeviceId deviceId, Registration present, String patch, Profiles profiles)
            throws CallRefusedException {
        var fields = JsonFields.of(patch, FIELDS);
        var changed = draft(fields);
        var merged = new RegistrationDraft(
                fields.has("manufacturer") ? changed.manufacturer() : present.manufacturer(),
                fields.has("model") ? changed.model() : present.model(),
                fields.has("ocppIdentity") ? changed.ocppIdentity() : present.ocppIdentity(),
                fields.has("owner") ? changed.owner() : present.owner(),
                fields.has("site") ? changed.site() : present.site(),
                fields.has("enrollmentModels") ? changed.enrollmentModels() : present.enrollmentModels(),
                fields.has("idevidSha256") ? changed.idevidSha256() : present.idevidSha256(),
                fields.has("keySha256") ? changed.keySha256() : present.keySha256(),
                fields.has(PROFILE) ? changed.profile() : present.profile());
        check(merged, deviceId, profiles, fields);
        fields.check();
        return merged.registration();
    }

    /// Adds everything that keeps the draft from being a registration of this device.
    static void check(RegistrationDraft draft, DeviceId deviceId, Profiles profiles, JsonFields fields) {
        var problems = draft.problems();
        problems.forEach(fields::add);
        if (problems.stream().noneMatch(problem -> problem.field().equals(PROFILE))) {
            profiles.problemWith(deviceId, Objects.requireNonNullElse(draft.profile(), Registration.DEFAULT_PROFILE))
                    .ifPresent(fields::add);
        }
    }

    /// What the fields say of a device; what they can not say is kept as problems of the fields.
    static RegistrationDraft draft(JsonFields fields) {
        return new RegistrationDraft(
                fields.text("manufacturer"),
                fields.text("model"),
                fields.text("ocppIdentity"),
                fields.text("owner"),
                fields.text("site"),
                models(fields),
                fields.text("idevidSha256"),
                fields.text("keySha256"),
                fields.text(PROFILE));
    }

    private static @Nullable Set<EnrollmentModel> models(JsonFields fields) {
        var names = fields.texts("enrollmentModels");
        if (names == null) {
            return null;
        }
        var models = EnumSet.noneOf(EnrollmentModel.class);
        for (var name : names) {
            Word.among(MODELS, name)
                    .ifPresentOrElse(
                            models::add, () -> fields.add("enrollmentModels", "may hold " + words() + " only"));
        }
        return models;
    }

    private static String words() {
        return Arrays.stream(MODELS).map(Word::of).collect(Collectors.joining(", "));
    }
}
