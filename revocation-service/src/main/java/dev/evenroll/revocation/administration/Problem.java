package dev.evenroll.revocation.administration;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.Response;
import java.util.List;

/// Why a request was not carried out, as JSON (RFC 9457, `application/problem+json`).
///
/// @param title the name of the status
/// @param status the HTTP status
/// @param detail a sentence for a person that says what to do
/// @param errors what is wrong with single fields; left out when none is
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FieldError> errors) {

    static final String MEDIA_TYPE = "application/problem+json";

    /// What is wrong with one field.
    ///
    /// @param field name of the field or of the query parameter
    /// @param reason why it was not accepted
    public record FieldError(String field, String reason) {}

    public Problem {
        errors = List.copyOf(errors);
    }

    static Response.ResponseBuilder response(int status, String detail) {
        return response(status, detail, List.of());
    }

    static Response.ResponseBuilder response(int status, String detail, List<FieldError> errors) {
        var name = Response.Status.fromStatusCode(status);
        var title = name == null ? "Error" : name.getReasonPhrase();
        return Response.status(status)
                .type(MEDIA_TYPE)
                .entity(new Problem("about:blank", title, status, detail, errors));
    }
}
