package dev.evenroll.validator.administration;

import static dev.evenroll.validator.administration.Role.INSTALLER;
import static dev.evenroll.validator.administration.Role.REGISTRAR;

import dev.evenroll.validator.administration.Bodies.Ownership;
import dev.evenroll.validator.administration.Bodies.Reason;
import dev.evenroll.validator.administration.Bodies.Validity;
import dev.evenroll.validator.registry.DeviceCommand;
import dev.evenroll.validator.registry.DeviceCommand.Order;
import dev.evenroll.validator.registry.RegistrationDraft;
import dev.evenroll.validator.registry.RegistryUnavailableException;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/// The devices of the registry: what becomes of them. The states are those of
/// [dev.evenroll.validator.registry.DeviceLife].
@Path("/devices")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class DeviceStateResource {

    private static final List<String> OWNERSHIP = List.of("owner", "site");

    private final CommandDesk desk;
    private final TokenDesk tokens;
    private final DeviceAnswers answers;
    private final Orders orders;
    private final Forwarding forwarding;
    private final Call call;

    DeviceStateResource(
            CommandDesk desk,
            TokenDesk tokens,
            DeviceAnswers answers,
            Orders orders,
            Forwarding forwarding,
            Call call) {
        this.desk = desk;
        this.tokens = tokens;
        this.answers = answers;
        this.orders = orders;
        this.forwarding = forwarding;
        this.call = call;
    }

    /// Makes a command of an order and the reason that the caller gives.
    private interface Reasoned {

        DeviceCommand command(Order order, String reason);
    }

    @POST
    @Path("/{deviceId}/suspend")
    @RolesAllowed(REGISTRAR)
    @Operation(
            summary = "Suspend a device",
            description = "Whatever it asks for is refused until it is resumed. Role: registrar.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Reason.class)))
    @APIResponse(
            responseCode = "200",
            description = "The device as it is now.",
            content = @Content(schema = @Schema(implementation = DeviceView.class)))
    public Response suspend(@PathParam("deviceId") String deviceId, byte[] body)
            throws CallRefusedException, RegistryUnavailableException {
        return changed(deviceId, body, DeviceCommand.Suspend::new);
    }

    @POST
    @Path("/{deviceId}/resume")
    @RolesAllowed(REGISTRAR)
    @Operation(
            summary = "Resume a device",
            description = "Brings it back from suspension or quarantine to the state before. Role: registrar.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Reason.class)))
    @APIResponse(
            responseCode = "200",
            description = "The device as it is now.",
            content = @Content(schema = @Schema(implementation = DeviceView.class)))
    public Response resume(@PathParam("deviceId") String deviceId, byte[] body)
            throws CallRefusedException, RegistryUnavailableException {
        return changed(deviceId, body, DeviceCommand.Resume::new);
    }

    @POST
    @Path("/{deviceId}/quarantine")
    @RolesAllowed(REGISTRAR)
    @Operation(
            summary = "Put a device in quarantine",
            description = "Whatever it asks for waits for a person until it is resumed or an enrollment of it is "
                    + "approved. Role: registrar.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Reason.class)))
    @APIResponse(
            responseCode = "200",
            description = "The device as it is now.",
            content = @Content(schema = @Schema(implementation = DeviceView.class)))
    public Response quarantine(@PathParam("deviceId") String deviceId, byte[] body)
            throws CallRefusedException, RegistryUnavailableException {
        return changed(deviceId, body, DeviceCommand.Quarantine::new);
    }

    @POST
    @Path("/{deviceId}/decommission")
    @RolesAllowed(REGISTRAR)
    @Operation(
            summary = "Decommission a device",
            description = "Ends its life; only registering it anew begins another one. Its certificates are not "
                    + "revoked by that, and its keys stay its own for ever. Role: registrar.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Reason.class)))
    @APIResponse(
            responseCode = "200",
            description = "The device as it is now.",
            content = @Content(schema = @Schema(implementation = DeviceView.class)))
    public Response decommission(@PathParam("deviceId") String deviceId, byte[] body)
            throws CallRefusedException, RegistryUnavailableException {
        return changed(deviceId, body, DeviceCommand.Decommission::new);
    }

    @POST
    @Path("/{deviceId}/transfer")
    @RolesAllowed(REGISTRAR)
    @Operation(
            summary = "Give a device to another owner or site",
            description = "With another owner it has to enroll anew, since the owner stands in its certificate. "
                    + "Role: registrar.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Ownership.class)))
    @APIResponse(
            responseCode = "200",
            description = "The device as it is now.",
            content = @Content(schema = @Schema(implementation = DeviceView.class)))
    public Response transfer(@PathParam("deviceId") String deviceId, byte[] body)
            throws CallRefusedException, RegistryUnavailableException {
        var id = RequestReader.deviceId(deviceId);
        return forwarding.atOwnerOf(Replicas.Kept.DEVICES, deviceId, call, body, text -> {
            var fields = JsonFields.of(text, OWNERSHIP);
            var owner = fields.text("owner");
            var site = fields.text("site");
            RegistrationDraft.ownership(owner, site).forEach(fields::add);
            fields.check();
            var transfer = new DeviceCommand.Transfer(
                    orders.of(call, id, text), Objects.requireNonNull(owner), Objects.requireNonNull(site));
            return answers.of(desk.give(transfer), transfer.expectedRevision() != null);
        });
    }

    @POST
    @Path("/{deviceId}/token")
    @RolesAllowed({INSTALLER, REGISTRAR})
    @Operation(
            summary = "Create a one-time token",
            description = "An installer enrolls the device with it once. It is shown in this answer and nowhere else; "
                    + "the token before it counts no more. field has to be among the device's enrollment models. "
                    + "Role: installer or registrar; and approver where the device's profile says so.")
    @RequestBody(content = @Content(schema = @Schema(implementation = Validity.class)))
    @APIResponse(
            responseCode = "201",
            description = "The token.",
            content = @Content(schema = @Schema(implementation = TokenView.class)))
    public Response createToken(@PathParam("deviceId") String deviceId, byte[] body)
            throws CallRefusedException, RegistryUnavailableException {
        var id = RequestReader.deviceId(deviceId);
        return forwarding.atOwnerOf(Replicas.Kept.DEVICES, deviceId, call, body, text -> tokens.create(id, text, call));
    }

    private Response changed(String deviceId, byte[] body, Reasoned change)
            throws CallRefusedException, RegistryUnavailableException {
        var id = RequestReader.deviceId(deviceId);
        return forwarding.atOwnerOf(Replicas.Kept.DEVICES, deviceId, call, body, text -> {
            var command = change.command(orders.of(call, id, text), RequestReader.reason(text));
            return answers.of(desk.give(command), command.expectedRevision() != null);
        });
    }
}
