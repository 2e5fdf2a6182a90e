package dev.evenroll.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;

/// Everything that was found wrong so far.
final class Problems {

    private static final Comparator<PolicyProblem> IN_ORDER =
            Comparator.comparingInt(PolicyProblem::line).thenComparingInt(PolicyProblem::column);

    private final List<PolicyProblem> found = new ArrayList<>();

    void at(Node node, String reason) {
        at(node.getStartMark(), reason);
    }

    void at(Mark mark, String reason) {
        at(mark.getLine() + 1, mark.getColumn() + 1, reason);
    }

    void at(int line, int column, String reason) {
        add(new PolicyProblem(line, column, reason));
    }

    void add(PolicyProblem problem) {
        found.add(problem);
    }

    boolean none() {
        return found.isEmpty();
    }

    /// In the order of the file.
    List<PolicyProblem> inOrder() {
        return found.stream().sorted(IN_ORDER).toList();
    }
}
