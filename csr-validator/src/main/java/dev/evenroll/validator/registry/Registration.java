package dev.evenroll.validator.registry;

import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What an operator says of a device.
///
/// @param manufacturer manufacturer as the file of its trust anchor is named, 1 to 64 characters
/// @param model model as the manufacturer writes it, 1 to 64 characters
/// @param ocppIdentity name of the station in the OCPP connection URL, 1 to 48 characters of an
///     `identifierString` (OCPP 2.0.1 part 2)
/// @param owner name of the charging station operator, the O of the certificate, 1 to 64 characters (RFC 5280
///     appendix A.1)
/// @param site where the device stands, 1 to 255 characters
/// @param enrollmentModels ways in which it may get its first certificate, never `RENEWAL`; empty when it
///     may only renew the one it has; in the order of the enum
/// @param idevidSha256 SHA-256 in hex of the only IDevID certificate that speaks for it; null when any of
///     its manufacturer does
/// @param keySha256 SHA-256 in hex of the only SubjectPublicKeyInfo that its first certificate may be for;
///     null when any may
/// @param profile name of the certificate profile that its next certificates are issued under; whether there is one
///     of this name, [Profiles] says
public record Registration(
        String manufacturer,
        String model,
        String ocppIdentity,
        String owner,
        String site,
        Set<EnrollmentModel> enrollmentModels,
        @Nullable String idevidSha256,
        @Nullable String keySha256,
        String profile) {

    /// What is allowed when nothing is said.
    public static final Set<EnrollmentModel> DEFAULT_MODELS = Set.of(EnrollmentModel.FACTORY);

    /// The profile of a device of which nothing is said.
    public static final String DEFAULT_PROFILE = "charging-station";

    /// @throws IllegalArgumentException when [RegistrationDraft#problems] has something to say
    public Registration {
        enrollmentModels = inOrder(enrollmentModels);
        var problems = new RegistrationDraft(
                        manufacturer,
                        model,
                        ocppIdentity,
                        owner,
                        site,
                        enrollmentModels,
                        idevidSha256,
                        keySha256,
                        profile)
                .problems();
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(
                    problems.stream().map(FieldProblem::sentence).collect(Collectors.joining("; ")));
        }
    }

    /// A device that enrolls by any certificate and key of its manufacturer.
    public Registration(String manufacturer, String model, String ocppIdentity, String owner, String site) {
        this(manufacturer, model, ocppIdentity, owner, site, DEFAULT_MODELS, null, null, DEFAULT_PROFILE);
    }

    public Registration with(Set<EnrollmentModel> models) {
        return new Registration(
                manufacturer, model, ocppIdentity, owner, site, models, idevidSha256, keySha256, profile);
    }

    /// The same device under another profile.
    public Registration withProfile(String other) {
        return new Registration(
                manufacturer, model, ocppIdentity, owner, site, enrollmentModels, idevidSha256, keySha256, other);
    }

    /// The same device of another owner or at another site.
    public Registration transferred(String toOwner, String toSite) {
        return new Registration(
                manufacturer, model, ocppIdentity, toOwner, toSite, enrollmentModels, idevidSha256, keySha256, profile);
    }

    /// The fields in which another registration differs from this one, each with what stands here.
    public List<FieldProblem> differencesFrom(Registration other) {
        var theirs = other.fields();
        return fields().entrySet().stream()
                .filter(field -> !field.getValue().equals(theirs.get(field.getKey())))
                .map(field -> new FieldProblem(
                        field.getKey(),
                        field.getValue().isEmpty()
                                ? "is not registered"
                                : "is registered as \"" + field.getValue() + "\""))
                .toList();
    }

    private Map<String, String> fields() {
        var fields = new LinkedHashMap<String, String>();
        fields.put("manufacturer", manufacturer);
        fields.put("model", model);
        fields.put("ocppIdentity", ocppIdentity);
        fields.put("owner", owner);
        fields.put("site", site);
        fields.put("enrollmentModels", enrollmentModels.stream().map(Enum::name).collect(Collectors.joining(", ")));
        fields.put("idevidSha256", Objects.requireNonNullElse(idevidSha256, ""));
        fields.put("keySha256", Objects.requireNonNullElse(keySha256, ""));
        fields.put("profile", profile);
        return fields;
    }

    private static Set<EnrollmentModel> inOrder(Set<EnrollmentModel> models) {
        var ordered = EnumSet.noneOf(EnrollmentModel.class);
        ordered.addAll(models);
        return Collections.unmodifiableSet(ordered);
    }
}
