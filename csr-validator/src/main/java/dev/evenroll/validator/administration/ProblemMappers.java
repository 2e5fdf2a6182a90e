package dev.evenroll.validator.administration;

import dev.evenroll.validator.registry.RegistryUnavailableException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Renders failures of requests as problems (RFC 9457).
@ApplicationScoped
public class ProblemMappers {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemMappers.class);
    private static final String RETRY_AFTER_SECONDS = "1";

    private final RefusedCalls refusedCalls;
    private final SecurityIdentity caller;
    private final CurrentVertxRequest current;

    ProblemMappers(RefusedCalls refusedCalls, SecurityIdentity caller, CurrentVertxRequest current) {
        this.refusedCalls = refusedCalls;
        this.caller = caller;
        this.current = current;
    }

    @ServerExceptionMapper
    Response invalid(InvalidRequestException e) {
        return Problem.response(Response.Status.BAD_REQUEST, String.valueOf(e.getMessage()), e.problems())
                .build();
    }

    @ServerExceptionMapper
    Response unavailable(RegistryUnavailableException e) {
        LOG.atWarn()
                .addKeyValue("call", call())
                .addKeyValue("reason", e.getMessage())
                .log("An administration call could not be answered");
        return Problem.response(Response.Status.SERVICE_UNAVAILABLE, String.valueOf(e.getMessage()), List.of())
                .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                .build();
    }

    @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class})
    Response unauthenticated() {
        refusedCalls.unauthenticated(remoteAddress(), call());
        return Problem.response(
                        Response.Status.UNAUTHORIZED,
                        "The call needs a valid bearer token; get a new one and send it in the header Authorization.",
                        List.of())
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                .build();
    }

    @ServerExceptionMapper
    Response forbidden(ForbiddenException e) {
        refusedCalls.forbidden(caller.getPrincipal().getName(), remoteAddress(), call());
        return Problem.response(
                        Response.Status.FORBIDDEN,
                        "The token's groups do not hold a role that this call needs; PUT needs registrar, "
                                + "GET needs registrar, revoker or auditor.",
                        List.of())
                .build();
    }

    /// Unknown paths, wrong methods and media types, as the framework found them.
    @ServerExceptionMapper
    Response other(WebApplicationException e) {
        var status = e.getResponse().getStatusInfo();
        return Problem.response(status, detail(status), List.of()).build();
    }

    private static String detail(Response.StatusType status) {
        return switch (status.getStatusCode()) {
            case 404 -> "There is nothing at this path; use /devices or /devices/{deviceId}.";
            case 405 -> "The method is not offered at this path; use GET, or PUT on /devices/{deviceId}.";
            case 406 -> "The answer is JSON; accept application/json.";
            case 415 -> "The body has to be JSON; send it as Content-Type: application/json.";
            default -> "The request could not be carried out: " + status.getReasonPhrase() + ".";
        };
    }

    private String call() {
        var request = current.getCurrent().request();
        return request.method().name() + " " + request.path();
    }

    private String remoteAddress() {
        var address = current.getCurrent().request().remoteAddress();
        return address == null ? "unknown" : String.valueOf(address.hostAddress());
    }
}
