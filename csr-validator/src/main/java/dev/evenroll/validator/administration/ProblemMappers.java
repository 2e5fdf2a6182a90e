package dev.evenroll.validator.administration;

import dev.evenroll.validator.registry.RegistryUnavailableException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.UUID;
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
    Response refused(CallRefusedException e) {
        return e.response();
    }

    @ServerExceptionMapper
    Response unavailable(RegistryUnavailableException e) {
        LOG.atWarn()
                .addKeyValue("call", call())
                .addKeyValue("reason", e.getMessage())
                .log("An administration call could not be answered");
        return Problem.response(Response.Status.SERVICE_UNAVAILABLE, String.valueOf(e.getMessage()))
                .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                .build();
    }

    @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class})
    Response unauthenticated() {
        refusedCalls.unauthenticated(remoteAddress(), call());
        return Problem.response(
                        Response.Status.UNAUTHORIZED,
                        "The call needs a valid bearer token; get a new one and send it in the header Authorization.")
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                .build();
    }

    @ServerExceptionMapper
    Response forbidden(ForbiddenException e, ResourceInfo resource) {
        refusedCalls.forbidden(caller.getPrincipal().getName(), remoteAddress(), call());
        return Problem.response(
                        Response.Status.FORBIDDEN,
                        "The token does not have the role that this call needs: " + roles(resource)
                                + ". Have it given to you, or call as somebody who has it.")
                .build();
    }

    private static String roles(ResourceInfo resource) {
        return Optional.ofNullable(resource.getResourceMethod())
                .map(method -> method.getAnnotation(RolesAllowed.class))
                .map(allowed -> String.join(" or ", allowed.value()))
                .orElse("one of those in the description at /q/openapi");
    }

    /// Unknown paths, wrong methods and media types, as the framework found them.
    @ServerExceptionMapper
    Response other(WebApplicationException e) {
        var status = e.getResponse().getStatusInfo();
        return Problem.response(status, detail(status)).build();
    }

    /// What should not happen: the caller is told how to find it in the log, and nothing of it.
    @ServerExceptionMapper
    Response unexpected(RuntimeException e) {
        var incident = UUID.randomUUID().toString();
        LOG.atError()
                .setCause(e)
                .addKeyValue("incident", incident)
                .addKeyValue("call", call())
                .log("An administration call failed unexpectedly");
        return Problem.response(
                        Response.Status.INTERNAL_SERVER_ERROR,
                        "Something unexpected happened, and it is not known whether the call was carried out. Look at "
                                + "what it is about, and repeat it with the same Idempotency-Key; the log of "
                                + "csr-validator tells more under incident " + incident + ".")
                .build();
    }

    private static String detail(Response.StatusType status) {
        return switch (status.getStatusCode()) {
            case 404 -> "There is nothing at this path; the paths are described at /q/openapi.";
            case 405 -> "The method is not offered at this path; the methods are described at /q/openapi.";
            case 406 -> "The answer is JSON; accept application/json.";
            case 413 -> "The body is too large.";
            case 415 ->
                "The body is of a media type that is not taken here; send application/json, for PATCH "
                        + "application/merge-patch+json, for a batch application/x-ndjson.";
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
