package dev.evenroll.validator.administration;

import static dev.evenroll.validator.administration.Role.APPROVER;
import static dev.evenroll.validator.administration.Role.AUDITOR;
import static dev.evenroll.validator.administration.Role.INSTALLER;
import static dev.evenroll.validator.administration.Role.REGISTRAR;
import static dev.evenroll.validator.administration.Role.REVOKER;

import dev.evenroll.validator.administration.Bodies.RegistrationAuthorityDescription;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/// The registration authorities: local controllers and factory lines.
@Path("/registration-authorities")
@Produces(MediaType.APPLICATION_JSON)
public final class AuthorityResource {

    private final AuthorityDesk desk;
    private final Forwarding forwarding;
    private final Call call;

    AuthorityResource(AuthorityDesk desk, Forwarding forwarding, Call call) {
        this.desk = desk;
        this.forwarding = forwarding;
        this.call = call;
    }

    /// All of them.
    @GET
    @RolesAllowed({REGISTRAR, INSTALLER, APPROVER, REVOKER, AUDITOR})
    @Operation(
            summary = "List registration authorities",
            description = "All of them, in the order of their names. Role: any.")
    @APIResponse(
            responseCode = "200",
            description = "The registration authorities.",
            content = @Content(schema = @Schema(implementation = AuthorityView.All.class)))
    public Response list() throws RegistryUnavailableException {
        return desk.list();
    }

    /// One of them.
    @GET
    @Path("/{name}")
    @RolesAllowed({REGISTRAR, INSTALLER, APPROVER, REVOKER, AUDITOR})
    @Operation(summary = "Show a registration authority", description = "By the CN of its certificates. Role: any.")
    @APIResponse(
            responseCode = "200",
            description = "The registration authority; its ETag is its revision.",
            content = @Content(schema = @Schema(implementation = AuthorityView.class)))
    @APIResponse(responseCode = "304", description = "It is what the caller has.")
    public Response show(@PathParam("name") String name) throws CallRefusedException, RegistryUnavailableException {
        return desk.show(name, call);
    }

    /// Enters or changes one.
    @PUT
    @Path("/{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(REGISTRAR)
    @Operation(
            summary = "Enter or change a registration authority",
            description = "Whose certificate (id-kp-cmcRA) has this CN speaks for the devices of these sites or "
                    + "manufacturers, as long as it is active and the certificate is one that the authority is bound to. "
                    + "Unless it is bound, it has to come from the only CA that is trusted for registration authorities. "
                    + "Role: registrar.")
    @RequestBody(
            required = true,
            content = @Content(schema = @Schema(implementation = RegistrationAuthorityDescription.class)))
    @APIResponse(
            responseCode = "201",
            description = "It was entered.",
            content = @Content(schema = @Schema(implementation = AuthorityView.class)))
    @APIResponse(
            responseCode = "200",
            description = "It is so now, or was so before.",
            content = @Content(schema = @Schema(implementation = AuthorityView.class)))
    public Response put(@PathParam("name") String name, byte[] body)
            throws CallRefusedException, RegistryUnavailableException {
        return forwarding.atOwnerOf(Replicas.Kept.DEVICES, name, call, body, text -> desk.put(name, text, call));
    }
}
