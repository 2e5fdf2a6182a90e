package dev.evenroll.validator.administration;

import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.validator.registry.DeviceCommand;
import dev.evenroll.validator.registry.FieldRules;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Reads single values of what callers send.
final class RequestReader {

    static final int DEFAULT_LIMIT = 100;
    static final int LARGEST_LIMIT = 1_000;
    private static final String REASON = "reason";

    private RequestReader() {}

    static DeviceId deviceId(String text) throws CallRefusedException {
        var problem = DeviceId.problemWith(text);
        if (problem.isPresent()) {
            throw CallRefusedException.invalid(
                    "deviceId", withoutField(problem.get().message()));
        }
        return new DeviceId(text);
    }

    /// The reason of a failure: its message without the name of the field before the colon.
    static String withoutField(String message) {
        return message.substring(message.indexOf(':') + 1).strip();
    }

    /// The number of entries that a page may have.
    static int limit(@Nullable String text) throws CallRefusedException {
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        try {
            var limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= LARGEST_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Answered below, like a number out of range.
        }
        throw CallRefusedException.invalid("limit", "is not a number from 1 to " + LARGEST_LIMIT);
    }

    /// A point in time, ISO 8601; null when there is none.
    static @Nullable Instant instant(String field, @Nullable String text) throws CallRefusedException {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            throw CallRefusedException.invalid(field, "is not a point in time; write it like 2026-11-22T10:00:00Z");
        }
    }

    /// True or false; false when nothing is said.
    static boolean flag(String field, @Nullable String text) throws CallRefusedException {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            case null -> false;
            default -> throw CallRefusedException.invalid(field, "is neither true nor false");
        };
    }

    /// A SHA-256 in hex.
    static String sha256(String field, String text) throws CallRefusedException {
        var problem = FieldRules.sha256(field, text, "what it names");
        if (problem.isPresent()) {
            throw CallRefusedException.invalid(List.of(problem.get()));
        }
        return text;
    }

    /// The reason of a command: `{"reason": "..."}`.
    static String reason(String body) throws CallRefusedException {
        var fields = JsonFields.of(body, List.of(REASON));
        var reason = fields.text(REASON);
        DeviceCommand.problemWithReason(reason).ifPresent(fields::add);
        fields.check();
        return Objects.requireNonNull(reason);
    }
}
