package dev.evenroll.pki.profile;

import java.util.List;
import java.util.stream.Collectors;

/// A profile that can not be used, with everything that was found wrong.
public final class UnusableProfileException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient List<ProfileProblem> problems;

    UnusableProfileException(String profile, List<ProfileProblem> problems) {
        super("profile \"" + profile + "\" can not be used: "
                + problems.stream().map(ProfileProblem::sentence).collect(Collectors.joining("; ")));
        this.problems = List.copyOf(problems);
    }

    /// At least one.
    public List<ProfileProblem> problems() {
        return problems;
    }
}
