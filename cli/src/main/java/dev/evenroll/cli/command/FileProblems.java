package dev.evenroll.cli.command;

import dev.evenroll.cli.output.Printable;
import dev.evenroll.policy.yaml.FileProblem;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What is wrong with a file that people write, as commands say it.
final class FileProblems {

    private FileProblems() {}

    /// For people: how many, then each on a line of its own.
    static String sentence(Path file, List<FileProblem> problems) {
        String count = problems.size() == 1 ? "a problem" : problems.size() + " problems";
        return problems.stream()
                .map(problem -> Printable.line(problem.in(file.toString())))
                .collect(
                        Collectors.joining("\n", file + " can not be used, it has " + count + " (line:column):\n", ""));
    }

    /// For programs.
    static Map<String, Object> document(List<FileProblem> problems) {
        return Map.of("problems", problems.stream().map(FileProblems::fields).toList());
    }

    private static Map<String, Object> fields(FileProblem problem) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("line", problem.line());
        fields.put("column", problem.column());
        fields.put("field", problem.field());
        fields.put("reason", problem.reason());
        return fields;
    }
}
