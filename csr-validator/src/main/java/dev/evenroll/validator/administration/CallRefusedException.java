package dev.evenroll.validator.administration;

import dev.evenroll.validator.registry.FieldProblem;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.stream.Collectors;

/// A call that is answered with a problem. The message says in a sentence what is wrong and what to do, the
/// problems name the fields.
final class CallRefusedException extends Exception {

    private final Response.StatusType status;
    private final List<FieldProblem> problems;

    CallRefusedException(Response.StatusType status, String message, List<FieldProblem> problems) {
        super(message);
        this.status = status;
        this.problems = List.copyOf(problems);
    }

    CallRefusedException(Response.StatusType status, String message) {
        this(status, message, List.of());
    }

    /// A request that can not be carried out as it is written.
    static CallRefusedException invalid(List<FieldProblem> problems) {
        return new CallRefusedException(
                Response.Status.BAD_REQUEST,
                problems.stream()
                        .map(FieldProblem::sentence)
                        .collect(Collectors.joining("; ", "The request can not be carried out: ", ".")),
                problems);
    }

    /// A request that can not be carried out as it is written, because of one field.
    static CallRefusedException invalid(String field, String reason) {
        return invalid(List.of(new FieldProblem(field, reason)));
    }

    Response response() {
        return Problem.response(status, String.valueOf(getMessage()), problems).build();
    }
}
