package dev.evenroll.validator.administration;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.evenroll.validator.registry.FieldProblem;
import jakarta.ws.rs.core.Response;
import java.util.List;

/// An error as RFC 9457 describes it.
///
/// @param type always `about:blank`: title and status say it all (section 4.2.1)
/// @param title the status in words
/// @param status the HTTP status
/// @param detail what is wrong and what to do, in a sentence
/// @param errors the fields that are wrong; left out when none is
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FieldProblem> errors) {

    static final String MEDIA_TYPE = "application/problem+json";
    /// RFC 9110 section 15.5.21; Jakarta REST has no name for it.
    static final Response.StatusType UNPROCESSABLE = new Unprocessable();

    public Problem {
        errors = List.copyOf(errors);
    }

    static Response.ResponseBuilder response(Response.StatusType status, String detail, List<FieldProblem> errors) {
        return Response.status(status)
                .type(MEDIA_TYPE)
                .entity(new Problem("about:blank", status.getReasonPhrase(), status.getStatusCode(), detail, errors));
    }

    static Response.ResponseBuilder response(Response.StatusType status, String detail) {
        return response(status, detail, List.of());
    }

    private static final class Unprocessable implements Response.StatusType {

        @Override
        public int getStatusCode() {
            return 422;
        }

        @Override
        public Response.Status.Family getFamily() {
            return Response.Status.Family.CLIENT_ERROR;
        }

        @Override
        public String getReasonPhrase() {
            return "Unprocessable Content";
        }
    }
}
