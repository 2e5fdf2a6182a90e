package dev.evenroll.validator.administration;

import dev.evenroll.validator.registry.CommandId;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/// The call that is being answered: who calls, and what the headers say.
@RequestScoped
public class Call {

    /// Names a command, so that repeating it is applied once (draft-ietf-httpapi-idempotency-key-header).
    static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    /// Set by a replica that passes a call on to the one that can answer it: it is not passed on again.
    static final String FORWARDED = "Evenroll-Forwarded";

    private static final Pattern VISIBLE = Pattern.compile("[!-~]{1,255}");

    private final SecurityIdentity caller;
    private final CurrentVertxRequest current;

    Call(SecurityIdentity caller, CurrentVertxRequest current) {
        this.caller = caller;
        this.current = current;
    }

    /// Who calls: the `upn`, `preferred_username` or `sub` of the bearer token.
    String actor() {
        return caller.getPrincipal().getName();
    }

    /// Whether the bearer token holds a role.
    boolean hasRole(String role) {
        return caller.hasRole(role);
    }

    /// The id of what the caller orders.
    String commandId(String... content) throws CallRefusedException {
        var key = header(IDEMPOTENCY_KEY);
        if (key.isEmpty()) {
            return CommandId.random();
        }
        if (!VISIBLE.matcher(key.get()).matches()) {
            throw CallRefusedException.invalid(
                    IDEMPOTENCY_KEY, "is not 1 to 255 visible ASCII characters; a UUID will do");
        }
        var parts = new ArrayList<>(List.of(
                method(),
                target(),
                header(HttpHeaders.IF_MATCH).orElse(""),
                header(HttpHeaders.IF_NONE_MATCH).orElse("")));
        parts.addAll(List.of(content));
        return CommandId.of(actor(), key.get(), parts.toArray(String[]::new));
    }

    /// What the call depends on.
    ///
    /// @throws CallRefusedException when a header can not be taken as it is
    Precondition precondition() throws CallRefusedException {
        return Precondition.read(header(HttpHeaders.IF_MATCH), header(HttpHeaders.IF_NONE_MATCH));
    }

    /// Whether another replica has passed the call on to this one.
    boolean isForwarded() {
        return header(FORWARDED).isPresent();
    }

    /// The value of a field; of several lines, one after the other (RFC 9110 section 5.2).
    Optional<String> header(String name) {
        var lines = request().headers().getAll(name);
        return lines.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", lines));
    }

    String method() {
        return request().method().name();
    }

    /// Method and path, as refused calls are reported.
    String summary() {
        return method() + " " + request().path();
    }

    /// IP address that the call came from.
    String remoteAddress() {
        var address = request().remoteAddress();
        return address == null ? "unknown" : String.valueOf(address.hostAddress());
    }

    /// Path and query, as they were sent.
    String target() {
        var path = Objects.requireNonNullElse(request().path(), "/");
        var query = request().query();
        return query == null ? path : path + "?" + query;
    }

    private HttpServerRequest request() {
        return current.getCurrent().request();
    }
}
