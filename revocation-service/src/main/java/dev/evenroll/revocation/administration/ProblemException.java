package dev.evenroll.revocation.administration;

import dev.evenroll.revocation.administration.Problem.FieldError;
import java.util.List;

/// A request that is not carried out. Becomes a [Problem] at the edge.
final class ProblemException extends RuntimeException {

    private final int status;
    private final String detail;
    private final transient List<FieldError> errors;

    ProblemException(int status, String detail, List<FieldError> errors) {
        super(detail);
        this.status = status;
        this.detail = detail;
        this.errors = List.copyOf(errors);
    }

    int status() {
        return status;
    }

    String detail() {
        return detail;
    }

    List<FieldError> errors() {
        return errors;
    }
}
