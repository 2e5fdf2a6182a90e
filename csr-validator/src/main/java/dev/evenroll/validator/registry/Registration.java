package dev.evenroll.validator.registry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What an operator says of a device.
///
/// @param manufacturer manufacturer as the file of its trust anchor is named, 1 to 64 characters
/// @param model model as the manufacturer writes it, 1 to 64 characters
/// @param ocppIdentity name of the station in the OCPP connection URL, 1 to 48 characters of `A-Z a-z 0-9 * -
///     _ = : +
/// |
/// @ .` (identifierString, OCPP 2.0.1 part 2)
/// @param owner name of the charging station operator, the O of the certificate, 1 to 64 characters (RFC 5280
///     appendix A.1)
/// @param site where the device stands, 1 to 255 characters
public record Registration(String manufacturer, String model, String ocppIdentity, String owner, String site) {

    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_SITE = 255;
    private static final int LONGEST_OCPP_IDENTITY = 48;
    private static final Pattern OCPP_IDENTITY = Pattern.compile("[A-Za-z0-9*\\-_=:+|@.]+");

    /// @throws IllegalArgumentException when [#problemsWith] has something to say
    public Registration {
        var problems = problemsWith(manufacturer, model, ocppIdentity, owner, site);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join(
                    "; ", problems.stream().map(FieldProblem::sentence).toList()));
        }
    }

    /// Everything that keeps these fields from being a registration; empty when nothing does. A null is a
    /// missing field.
    public static List<FieldProblem> problemsWith(
            @Nullable String manufacturer,
            @Nullable String model,
            @Nullable String ocppIdentity,
            @Nullable String owner,
            @Nullable String site) {
        var problems = new ArrayList<FieldProblem>();
        problemWith("manufacturer", manufacturer, LONGEST_NAME).ifPresent(problems::add);
        problemWith("model", model, LONGEST_NAME).ifPresent(problems::add);
        problemWith("ocppIdentity", ocppIdentity, LONGEST_OCPP_IDENTITY)
                .or(() -> problemWithCharacters(ocppIdentity))
                .ifPresent(problems::add);
        problemWith("owner", owner, LONGEST_NAME).ifPresent(problems::add);
        problemWith("site", site, LONGEST_SITE).ifPresent(problems::add);
        return List.copyOf(problems);
    }

    /// The fields in which another registration differs from this one, each with what stands here.
    public List<FieldProblem> differencesFrom(Registration other) {
        var theirs = other.fields();
        return fields().entrySet().stream()
                .filter(field -> !field.getValue().equals(theirs.get(field.getKey())))
                .map(field -> new FieldProblem(field.getKey(), "is registered as \"" + field.getValue() + "\""))
                .toList();
    }

    private Map<String, String> fields() {
        var fields = new LinkedHashMap<String, String>();
        fields.put("manufacturer", manufacturer);
        fields.put("model", model);
        fields.put("ocppIdentity", ocppIdentity);
        fields.put("owner", owner);
        fields.put("site", site);
        return fields;
    }

    private static Optional<FieldProblem> problemWith(String field, @Nullable String value, int longest) {
        if (value == null || value.isEmpty()) {
            return problem(field, "is missing; give 1 to " + longest + " characters");
        }
        if (value.codePointCount(0, value.length()) > longest) {
            return problem(field, "is longer than " + longest + " characters; shorten it");
        }
        if (!value.codePoints().allMatch(Registration::printable)
                || !value.strip().equals(value)) {
            return problem(field, "holds a control character, or begins or ends with a space; give printable text");
        }
        return Optional.empty();
    }

    private static Optional<FieldProblem> problemWithCharacters(@Nullable String ocppIdentity) {
        return OCPP_IDENTITY
                        .matcher(Objects.requireNonNullElse(ocppIdentity, ""))
                        .matches()
                ? Optional.empty()
                : problem(
                        "ocppIdentity", "may hold letters, digits and * - _ = : + | @ . only (OCPP identifierString)");
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

    private static Optional<FieldProblem> problem(String field, String reason) {
        return Optional.of(new FieldProblem(field, reason));
    }
}
