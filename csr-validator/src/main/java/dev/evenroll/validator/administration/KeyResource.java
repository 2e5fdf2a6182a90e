package dev.evenroll.validator.administration;

import static dev.evenroll.validator.administration.Role.APPROVER;
import static dev.evenroll.validator.administration.Role.AUDITOR;
import static dev.evenroll.validator.administration.Role.INSTALLER;
import static dev.evenroll.validator.administration.Role.REGISTRAR;
import static dev.evenroll.validator.administration.Role.REVOKER;

import dev.evenroll.validator.administration.Bodies.Reason;
import dev.evenroll.validator.enrollment.KeyCommandLog;
import dev.evenroll.validator.enrollment.KeyDirectory;
import dev.evenroll.validator.enrollment.KeyEntry;
import dev.evenroll.validator.registry.RegistryUnavailableException;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/// The public keys that were ever claimed, or blocked.
@Path("/keys")
@Produces(MediaType.APPLICATION_JSON)
public final class KeyResource {

    private static final String KEY = "keySha256";
    private static final byte[] NO_BODY = {};

    private final KeyDirectory keys;
    private final KeyCommandLog commands;
    private final Patience patience;
    private final Forwarding forwarding;
    private final Call call;

    KeyResource(KeyDirectory keys, KeyCommandLog commands, Patience patience, Forwarding forwarding, Call call) {
        this.keys = keys;
        this.commands = commands;
        this.patience = patience;
        this.forwarding = forwarding;
        this.call = call;
    }

    /// One key.
    @GET
    @Path("/{keySha256}")
    @RolesAllowed({REGISTRAR, INSTALLER, APPROVER, REVOKER, AUDITOR})
    @Operation(
            summary = "Show a public key",
            description = "The device that it belongs to, the certificates that carry it, and whether it is blocked; "
                    + "by the SHA-256 of the SubjectPublicKeyInfo (DER) in lower-case hex. Role: any.")
    @APIResponse(
            responseCode = "200",
            description = "What is known of the key.",
            content = @Content(schema = @Schema(implementation = KeyView.class)))
    public Response show(@PathParam(KEY) String keySha256) throws CallRefusedException, RegistryUnavailableException {
        var key = RequestReader.sha256(KEY, keySha256);
        return forwarding.atOwnerOf(
                Replicas.Kept.KEYS,
                key,
                call,
                NO_BODY,
                _ -> shown(
                        key,
                        keys.find(key)
                                .orElseThrow(() -> new CallRefusedException(
                                        Response.Status.NOT_FOUND,
                                        "Nothing is known of the key " + key
                                                + ": no device has claimed it, and nobody has blocked it."))));
    }

    /// Blocks a key.
    @PUT
    @Path("/{keySha256}/block")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(REVOKER)
    @Operation(
            summary = "Block a public key",
            description = "From now on it is certified for nobody, known or not. The certificates that carry it stay "
                    + "valid until they are revoked: the answer lists them; one that is being made is "
                    + "named in security.observed when it comes. A key that is blocked stays as it is. "
                    + "Role: revoker.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Reason.class)))
    @APIResponse(
            responseCode = "200",
            description = "What is known of the key.",
            content = @Content(schema = @Schema(implementation = KeyView.class)))
    public Response block(@PathParam(KEY) String keySha256, byte[] body)
            throws CallRefusedException, RegistryUnavailableException {
        var key = RequestReader.sha256(KEY, keySha256);
        return forwarding.atOwnerOf(Replicas.Kept.KEYS, key, call, body, text -> {
            var reason = RequestReader.reason(text);
            var order = new KeyCommandLog.Block(call.commandId(text), call.actor(), key, reason);
            if (blocked(key).isEmpty()) {
                commands.append(order);
            }
            return shown(key, patience.await("The order to block the key " + key, () -> blocked(key)));
        });
    }

    private Optional<KeyEntry> blocked(String key) throws RegistryUnavailableException {
        return keys.find(key).filter(entry -> entry.block() != null);
    }

    private static Response shown(String keySha256, KeyEntry key) {
        return Response.ok(KeyView.of(keySha256, key)).build();
    }
}
