package dev.evenroll.policy.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;

/// Everything that was found wrong so far.
public final class Problems {

    private static final Comparator<FileProblem> IN_ORDER =
            Comparator.comparingInt(FileProblem::line).thenComparingInt(FileProblem::column);

    private final List<FileProblem> found = new ArrayList<>();

    public void at(Node node, String reason) {
        at(node.getStartMark(), reason);
    }

    public void at(Mark mark, String reason) {
        at(mark.getLine() + 1, mark.getColumn() + 1, reason);
    }

    public void at(int line, int column, String reason) {
        add(new FileProblem(line, column, reason));
    }

    public void add(FileProblem problem) {
        found.add(problem);
    }

    public boolean none() {
        return found.isEmpty();
    }

    /// In the order of the file.
    public List<FileProblem> inOrder() {
        return found.stream().sorted(IN_ORDER).toList();
    }
}
