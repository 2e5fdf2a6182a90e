package dev.evenroll.validator.authority;

import dev.evenroll.validator.registry.FieldProblem;
import dev.evenroll.validator.registry.FieldRules;
import dev.evenroll.validator.registry.Word;
import dev.evenroll.validator.validation.Authority;
import dev.evenroll.validator.validation.AuthorityBinding;
import dev.evenroll.validator.validation.AuthorityKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a caller says of a registration authority, before it is known to be good. A null is a missing field.
///
/// @param name CN of its certificates, 1 to 64 characters
/// @param kind what it is: the [Word] of an [AuthorityKind]
/// @param sites sites of a local controller, 1 to 1,000 of 1 to 255 characters; none for a factory line
/// @param manufacturers manufacturers of a factory line, 1 to 100 of 1 to 64 characters; none for a local
///     controller
/// @param active whether it may speak at all; true when nothing is said
/// @param certificateSha256 the certificates that it is bound to, at most 10
/// @param issuerSha256 the certificates of the CAs that it is bound to, at most 10
public record AuthorityDraft(
        String name,
        @Nullable String kind,
        @Nullable List<String> sites,
        @Nullable List<String> manufacturers,
        @Nullable Boolean active,
        @Nullable List<String> certificateSha256,
        @Nullable List<String> issuerSha256) {

    /// Upper bound of a common name (RFC 5280 appendix A.1).
    private static final int LONGEST_NAME = 64;

    private static final int LONGEST_SITE = 255;
    private static final int MOST_SITES = 1_000;
    private static final int MOST_MANUFACTURERS = 100;
    /// One is enough, two while it changes.
    private static final int MOST_DIGESTS = 10;

    private static final String KIND = "kind";
    private static final String SITES = "sites";
    private static final String MANUFACTURERS = "manufacturers";

    public AuthorityDraft {
        sites = sites == null ? null : List.copyOf(sites);
        manufacturers = manufacturers == null ? null : List.copyOf(manufacturers);
        certificateSha256 = certificateSha256 == null ? null : List.copyOf(certificateSha256);
        issuerSha256 = issuerSha256 == null ? null : List.copyOf(issuerSha256);
    }

    /// Everything that keeps it from being a registration authority.
    public List<FieldProblem> problems() {
        var problems = new ArrayList<FieldProblem>();
        FieldRules.text("name", name, LONGEST_NAME).ifPresent(problems::add);
        switch (knownKind().orElse(null)) {
            case null ->
                problems.add(new FieldProblem(
                        KIND, "is neither local-controller nor factory-line; say which of the two it is"));
            case LOCAL_CONTROLLER -> {
                some(SITES, said(sites), MOST_SITES, LONGEST_SITE, problems);
                none(MANUFACTURERS, said(manufacturers), "a local controller speaks for sites", problems);
            }
            case FACTORY_LINE -> {
                some(MANUFACTURERS, said(manufacturers), MOST_MANUFACTURERS, LONGEST_NAME, problems);
                none(SITES, said(sites), "a factory line speaks for manufacturers", problems);
            }
        }
        digests("certificateSha256", said(certificateSha256), problems);
        digests("issuerSha256", said(issuerSha256), problems);
        return List.copyOf(problems);
    }

    private static void digests(String field, List<String> values, List<FieldProblem> problems) {
        if (values.size() > MOST_DIGESTS) {
            problems.add(new FieldProblem(field, "are " + values.size() + "; give at most " + MOST_DIGESTS));
        }
        values.stream()
                .flatMap(value -> FieldRules.sha256(field, value, "a certificate in DER").stream())
                .findFirst()
                .ifPresent(problem -> problems.add(new FieldProblem(field, "one of them " + problem.reason())));
    }

    private static void some(String field, List<String> values, int most, int longest, List<FieldProblem> problems) {
        if (values.isEmpty() || values.size() > most) {
            problems.add(new FieldProblem(field, "are " + values.size() + "; give 1 to " + most));
        }
        values.stream()
                .flatMap(value -> FieldRules.text(field, value, longest).stream())
                .findFirst()
                .ifPresent(problem -> problems.add(new FieldProblem(field, "one of them " + problem.reason())));
    }

    private static void none(String field, List<String> values, String because, List<FieldProblem> problems) {
        if (!values.isEmpty()) {
            problems.add(new FieldProblem(field, "are given, and " + because + "; leave them out"));
        }
    }

    /// The registration authority.
    ///
    /// @throws IllegalStateException when there are [#problems]
    public Authority authority() {
        return new Authority(
                name,
                knownKind().orElseThrow(() -> new IllegalStateException("a draft with problems was taken")),
                new HashSet<>(said(sites)),
                new HashSet<>(said(manufacturers)),
                Objects.requireNonNullElse(active, true),
                new AuthorityBinding(new HashSet<>(said(certificateSha256)), new HashSet<>(said(issuerSha256))));
    }

    private Optional<AuthorityKind> knownKind() {
        return Optional.ofNullable(kind).flatMap(word -> Word.among(AuthorityKind.values(), word));
    }

    private static List<String> said(@Nullable List<String> values) {
        return Objects.requireNonNullElse(values, List.of());
    }
}
