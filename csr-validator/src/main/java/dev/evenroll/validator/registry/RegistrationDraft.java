package dev.evenroll.validator.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What somebody wrote of a device, not looked at yet: a [Registration] once nothing is wrong with it. A
/// null is a field that is missing.
///
/// @param enrollmentModels null for the models of [Registration#DEFAULT_MODELS]
/// @param profile null for [Registration#DEFAULT_PROFILE]
public record RegistrationDraft(
        @Nullable String manufacturer,
        @Nullable String model,
        @Nullable String ocppIdentity,
        @Nullable String owner,
        @Nullable String site,
        @Nullable Set<EnrollmentModel> enrollmentModels,
        @Nullable String idevidSha256,
        @Nullable String keySha256,
        @Nullable String profile) {

    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_SITE = 255;
    private static final int LONGEST_OCPP_IDENTITY = 48;
    private static final int LONGEST_PROFILE = 64;
    private static final Pattern OCPP_IDENTITY = Pattern.compile("[A-Za-z0-9*\\-_=:+|@.]+");

    /// Everything that keeps it from being a registration; empty when nothing does.
    public List<FieldProblem> problems() {
        var problems = new ArrayList<FieldProblem>();
        FieldRules.text("manufacturer", manufacturer, LONGEST_NAME).ifPresent(problems::add);
        FieldRules.text("model", model, LONGEST_NAME).ifPresent(problems::add);
        FieldRules.text("ocppIdentity", ocppIdentity, LONGEST_OCPP_IDENTITY)
                .or(this::problemWithCharacters)
                .ifPresent(problems::add);
        ownership(owner, site).forEach(problems::add);
        problemWithModels().ifPresent(problems::add);
        FieldRules.sha256("idevidSha256", idevidSha256, "the IDevID certificate in DER")
                .ifPresent(problems::add);
        FieldRules.sha256("keySha256", keySha256, "the SubjectPublicKeyInfo in DER")
                .ifPresent(problems::add);
        Optional.ofNullable(profile)
                .flatMap(name -> FieldRules.text("profile", name, LONGEST_PROFILE))
                .ifPresent(problems::add);
        return List.copyOf(problems);
    }

    /// The registration.
    ///
    /// @throws IllegalArgumentException when there are [#problems]
    public Registration registration() {
        return new Registration(
                Objects.requireNonNullElse(manufacturer, ""),
                Objects.requireNonNullElse(model, ""),
                Objects.requireNonNullElse(ocppIdentity, ""),
                Objects.requireNonNullElse(owner, ""),
                Objects.requireNonNullElse(site, ""),
                Objects.requireNonNullElse(enrollmentModels, Registration.DEFAULT_MODELS),
                idevidSha256,
                keySha256,
                Objects.requireNonNullElse(profile, Registration.DEFAULT_PROFILE));
    }

    /// What is wrong with the two fields that a transfer changes.
    public static List<FieldProblem> ownership(@Nullable String owner, @Nullable String site) {
        var problems = new ArrayList<FieldProblem>();
        FieldRules.text("owner", owner, LONGEST_NAME).ifPresent(problems::add);
        FieldRules.text("site", site, LONGEST_SITE).ifPresent(problems::add);
        return problems;
    }

    private Optional<FieldProblem> problemWithCharacters() {
        return OCPP_IDENTITY
                        .matcher(Objects.requireNonNullElse(ocppIdentity, ""))
                        .matches()
                ? Optional.empty()
                : FieldRules.problem(
                        "ocppIdentity", "may hold letters, digits and * - _ = : + | @ . only (OCPP identifierString)");
    }

    private Optional<FieldProblem> problemWithModels() {
        return enrollmentModels != null && enrollmentModels.contains(EnrollmentModel.RENEWAL)
                ? FieldRules.problem(
                        "enrollmentModels", "holds RENEWAL, which is open to every enrolled device; leave it out")
                : Optional.empty();
    }
}
