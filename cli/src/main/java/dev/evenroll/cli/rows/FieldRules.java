package dev.evenroll.cli.rows;

import dev.evenroll.cli.administration.FieldError;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the fields of a device may hold. The rules and their words are those of the registry, which judges every row
/// again; told here, a mistake costs no call.
final class FieldRules {

    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_SITE = 255;
    private static final int LONGEST_OCPP_IDENTITY = 48;
    private static final Pattern OCPP_IDENTITY = Pattern.compile("[A-Za-z0-9*\\-_=:+|@.]+");
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    private FieldRules() {}

    /// What is wrong with a field that is text. A null is a missing field.
    static Optional<FieldError> problemWith(DeviceField field, @Nullable String value) {
        return switch (field) {
            case MANUFACTURER, MODEL, OWNER -> text(field, value, LONGEST_NAME);
            case SITE -> text(field, value, LONGEST_SITE);
            case OCPP_IDENTITY ->
                text(field, value, LONGEST_OCPP_IDENTITY).or(() -> identifier(field, String.valueOf(value)));
            case IDEVID_SHA256 -> digest(field, value, "the IDevID certificate in DER");
            case KEY_SHA256 -> digest(field, value, "the SubjectPublicKeyInfo in DER");
            case PROFILE -> value == null ? Optional.empty() : text(field, value, LONGEST_NAME);
            case DEVICE_ID, ENROLLMENT_MODELS -> Optional.empty();
        };
    }

    private static Optional<FieldError> text(DeviceField field, @Nullable String value, int longest) {
        if (value == null || value.isEmpty()) {
            return problem(field, "is missing; give 1 to " + longest + " characters");
        }
        if (value.codePointCount(0, value.length()) > longest) {
            return problem(field, "is longer than " + longest + " characters; shorten it");
        }
        if (!value.codePoints().allMatch(FieldRules::printable)
                || !value.strip().equals(value)) {
            return problem(field, "holds a control character, or begins or ends with a space; give printable text");
        }
        return Optional.empty();
    }

    private static Optional<FieldError> identifier(DeviceField field, String value) {
        return OCPP_IDENTITY.matcher(value).matches()
                ? Optional.empty()
                : problem(field, "may hold letters, digits and * - _ = : + | @ . only (OCPP identifierString)");
    }

    private static Optional<FieldError> digest(DeviceField field, @Nullable String value, String of) {
        return value == null || SHA_256.matcher(value).matches()
                ? Optional.empty()
                : problem(field, "is not a SHA-256; give the 64 lower-case hex digits of the SHA-256 of " + of);
    }

    private static boolean printable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    private static Optional<FieldError> problem(DeviceField field, String reason) {
        return Optional.of(new FieldError(field.label(), reason));
    }
}
