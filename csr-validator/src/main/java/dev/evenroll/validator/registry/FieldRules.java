package dev.evenroll.validator.registry;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What single fields of requests may hold. Safe for use by many threads.
public final class FieldRules {

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private FieldRules() {}

    /// Printable text of 1 to so many characters that neither begins nor ends with a space. A null is a
    /// missing field.
    public static Optional<FieldProblem> text(String field, @Nullable String value, int longest) {
        if (value == null || value.isEmpty()) {
            return problem(field, "is missing; give 1 to " + longest + " characters");
        }
        if (value.length() > longest && value.codePointCount(0, value.length()) > longest) {
            return problem(field, "is longer than " + longest + " characters; shorten it");
        }
        if (!value.codePoints().allMatch(FieldRules::printable)
                || !value.strip().equals(value)) {
            return problem(field, "holds a control character, or begins or ends with a space; give printable text");
        }
        return Optional.empty();
    }

    /// A SHA-256 in hex, or nothing.
    ///
    /// @param of what the digest is of, for the message
    public static Optional<FieldProblem> sha256(String field, @Nullable String value, String of) {
        return value == null || SHA256.matcher(value).matches()
                ? Optional.empty()
                : problem(field, "is not a SHA-256; give the 64 lower-case hex digits of the SHA-256 of " + of);
    }

    static Optional<FieldProblem> problem(String field, String reason) {
        return Optional.of(new FieldProblem(field, reason));
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
}
