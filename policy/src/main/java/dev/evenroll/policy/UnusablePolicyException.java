package dev.evenroll.policy;

import dev.evenroll.policy.yaml.FileProblem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A file of policies that can not be used, with everything that was found wrong.
public final class UnusablePolicyException extends Exception {

    private final List<FileProblem> problems;
    private final Map<Path, FileStamp> allowLists;

    /// @param problems at least one
    /// @param allowLists what the files with serial numbers that it names looked like before they were
    ///     read
    UnusablePolicyException(List<FileProblem> problems, Map<Path, FileStamp> allowLists) {
        super(problems.stream().map(FileProblem::sentence).collect(Collectors.joining("; ")));
        this.problems = List.copyOf(problems);
        this.allowLists = Map.copyOf(allowLists);
    }

    /// In the order of the file, at least one.
    public List<FileProblem> problems() {
        return problems;
    }

    Map<Path, FileStamp> allowLists() {
        return allowLists;
    }
}
