package dev.evenroll.validator.administration;

import dev.evenroll.validator.registry.FieldProblem;
import java.util.List;

/// A request that can not be carried out as it is written. The message says so in a sentence, the problems
/// name the fields.
final class InvalidRequestException extends Exception {

    private final List<FieldProblem> problems;

    InvalidRequestException(String message, List<FieldProblem> problems) {
        super(message);
        this.problems = List.copyOf(problems);
    }

    List<FieldProblem> problems() {
        return problems;
    }
}
