package dev.evenroll.validator.administration;

import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.validator.registry.CommandId;
import dev.evenroll.validator.registry.DeviceCommand;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The call that is being answered: who calls, and what the headers say.
@RequestScoped
public class Call {

    /// Names a command, so that repeating it is applied once (draft-ietf-httpapi-idempotency-key-header).
    static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    /// Set by a replica that passes a call on to the one that can answer it: it is not passed on again.
    static final String FORWARDED = "Evenroll-Forwarded";

    private static final Pattern VISIBLE = Pattern.compile("[!-~]{1,255}");
    private static final Pattern ENTITY_TAG = Pattern.compile("\"([1-9][0-9]{0,17})\"");
    private static final String ANY = "*";

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

    /// What the caller orders of a device.
    ///
    /// @param content everything that he asks for: with the path, what an idempotency key stands for
    /// @throws CallRefusedException when a header can not be taken as it is
    DeviceCommand.Order order(DeviceId deviceId, String... content) throws CallRefusedException {
        return new DeviceCommand.Order(commandId(content), actor(), deviceId, expectedRevision());
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

    /// Whether the caller says which revision he means, or that there is to be none.
    boolean isConditional() throws CallRefusedException {
        return expectedRevision() != null;
    }

    /// Whether the caller means an entry that is there.
    boolean isForExisting() throws CallRefusedException {
        return header(HttpHeaders.IF_MATCH).isPresent();
    }

    /// Revision that the caller means; 0 when there is to be none; null when any will do.
    @Nullable
    Long expectedRevision() throws CallRefusedException {
        var match = header(HttpHeaders.IF_MATCH);
        var noneMatch = header(HttpHeaders.IF_NONE_MATCH);
        if (noneMatch.isPresent() && (match.isPresent() || !noneMatch.get().equals(ANY))) {
            throw CallRefusedException.invalid(
                    HttpHeaders.IF_NONE_MATCH,
                    "is not *, or stands beside If-Match; send * alone, for what is to be new");
        }
        if (noneMatch.isPresent()) {
            return 0L;
        }
        if (match.isEmpty() || match.get().equals(ANY)) {
            return null;
        }
        var tag = ENTITY_TAG.matcher(match.get());
        if (!tag.matches()) {
            throw CallRefusedException.invalid(
                    HttpHeaders.IF_MATCH, "is not one entity tag; send the ETag of the answer that you decided on");
        }
        return Long.valueOf(tag.group(1));
    }

    /// Refuses parameters of the query that nobody would look at: a misspelt filter must not show
    /// everything.
    void allowParameters(Set<String> known) throws CallRefusedException {
        for (var name : request().params().names()) {
            if (!known.contains(name) && hasParameter(name)) {
                throw CallRefusedException.invalid(
                        name,
                        "is not a parameter of this call; those are "
                                + String.join(", ", known.stream().sorted().toList()));
            }
        }
    }

    private boolean hasParameter(String name) {
        var query = request().query();
        return query != null && query.contains(name);
    }

    /// Whether another replica has passed the call on to this one.
    boolean isForwarded() {
        return header(FORWARDED).isPresent();
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(request().getHeader(name));
    }

    String method() {
        return request().method().name();
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
