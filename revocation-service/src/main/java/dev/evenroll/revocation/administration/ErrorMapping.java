package dev.evenroll.revocation.administration;

import dev.evenroll.revocation.administration.Refusals.Kind;
import dev.evenroll.revocation.administration.Refusals.Refusal;
import dev.evenroll.revocation.inventory.InventoryUnavailableException;
import dev.evenroll.revocation.inventory.OrderNotWrittenException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.security.Principal;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/// Turns everything that goes wrong into a [Problem], and reports callers that are turned away.
@Singleton
public class ErrorMapping {

    private final Refusals refusals;
    private final CurrentVertxRequest current;

    @Inject
    ErrorMapping(Refusals refusals, CurrentVertxRequest current) {
        this.refusals = refusals;
        this.current = current;
    }

    /// No token.
    @ServerExceptionMapper
    public Response unauthorized(UnauthorizedException e) {
        return notAuthenticated("Send a bearer token in the header Authorization.");
    }

    /// A token that is not accepted.
    @ServerExceptionMapper
    public Response authenticationFailed(AuthenticationFailedException e) {
        return notAuthenticated(
                "The bearer token is not accepted: it has expired, or is not from the issuer and for the"
                        + " audience that are configured here. Get a new one.");
    }

    /// A token without the role.
    @ServerExceptionMapper
    public Response forbidden(ForbiddenException e, ContainerRequestContext request) {
        var caller = Optional.ofNullable(request.getSecurityContext().getUserPrincipal())
                .map(Principal::getName)
                .orElseGet(this::remoteAddress);
        refusals.report(new Refusal(Kind.NOT_ALLOWED, caller, remoteAddress(), request()));
        return Problem.response(403, "The token does not name a role that may do this; see the groups in it.")
                .build();
    }

    /// What the resource refused.
    @ServerExceptionMapper
    public Response problem(ProblemException e) {
        return Problem.response(e.status(), e.detail(), e.errors()).build();
    }

    /// The stores are on the move.
    @ServerExceptionMapper
    public Response unavailable(InventoryUnavailableException e) {
        return later(String.valueOf(e.getMessage()));
    }

    /// The broker did not confirm.
    @ServerExceptionMapper
    public Response notWritten(OrderNotWrittenException e) {
        return later(String.valueOf(e.getMessage()));
    }

    /// What the framework refused: unknown path, wrong method, wrong media type.
    @ServerExceptionMapper
    public Response framework(WebApplicationException e) {
        var status = e.getResponse().getStatus();
        var detail = switch (status) {
            case 404 -> "There is nothing here. Certificates are at /certificates.";
            case 405 -> "The method is not allowed here; GET reads, POST orders a revocation.";
            case 406 -> "Only application/json can be answered.";
            case 415 -> "Send the body as application/json.";
            default -> "The request can not be carried out: " + e.getMessage();
        };
        return Problem.response(status, detail).build();
    }

    private Response notAuthenticated(String detail) {
        refusals.report(new Refusal(Kind.NOT_AUTHENTICATED, remoteAddress(), remoteAddress(), request()));
        return Problem.response(401, detail)
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                .build();
    }

    private static Response later(String detail) {
        return Problem.response(503, detail).header(HttpHeaders.RETRY_AFTER, 2).build();
    }

    private String remoteAddress() {
        var address = current.getCurrent().request().remoteAddress();
        return address == null || address.hostAddress() == null ? "unknown" : address.hostAddress();
    }

    private String request() {
        var request = current.getCurrent().request();
        return request.method() + " " + request.path();
    }
}
