package dev.evenroll.policy.profile;

import dev.evenroll.policy.yaml.FileProblem;
import java.util.List;
import java.util.stream.Collectors;

/// A file of profiles that can not be used, with everything that was found wrong.
public final class UnusableProfilesException extends Exception {

    private final List<FileProblem> problems;

    /// @param problems at least one
    UnusableProfilesException(List<FileProblem> problems) {
        super(problems.stream().map(FileProblem::sentence).collect(Collectors.joining("; ")));
        this.problems = List.copyOf(problems);
    }

    /// In the order of the file, at least one.
    public List<FileProblem> problems() {
        return problems;
    }
}
