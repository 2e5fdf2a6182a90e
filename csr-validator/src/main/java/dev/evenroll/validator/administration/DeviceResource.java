package dev.evenroll.validator.administration;

import static dev.evenroll.validator.administration.Role.APPROVER;
import static dev.evenroll.validator.administration.Role.AUDITOR;
import static dev.evenroll.validator.administration.Role.INSTALLER;
import static dev.evenroll.validator.administration.Role.REGISTRAR;
import static dev.evenroll.validator.administration.Role.REVOKER;

import dev.evenroll.validator.administration.Bodies.DeviceDescription;
import dev.evenroll.validator.administration.Bodies.DevicePatch;
import dev.evenroll.validator.registry.DeviceCommand;
import dev.evenroll.validator.registry.DeviceDirectory;
import dev.evenroll.validator.registry.DeviceQuery;
import dev.evenroll.validator.registry.LifeState;
import dev.evenroll.validator.registry.Profiles;
import dev.evenroll.validator.registry.RegistryUnavailableException;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/// The devices of the registry: what they are.
@Path("/devices")
@Produces(MediaType.APPLICATION_JSON)
public final class DeviceResource {

    private static final byte[] NO_BODY = {};

    private final CommandDesk desk;
    private final DeviceDirectory directory;
    private final DeviceLists lists;
    private final DeviceAnswers answers;
    private final Orders orders;
    private final Profiles profiles;
    private final ProfileAssignment assignment;
    private final Forwarding forwarding;
    private final Call call;

    DeviceResource(
            CommandDesk desk,
            DeviceDirectory directory,
            DeviceLists lists,
            DeviceAnswers answers,
            Orders orders,
            Profiles profiles,
            ProfileAssignment assignment,
            Forwarding forwarding,
            Call call) {
        this.desk = desk;
        this.directory = directory;
        this.lists = lists;
        this.answers = answers;
        this.orders = orders;
        this.profiles = profiles;
        this.assignment = assignment;
        this.forwarding = forwarding;
        this.call = call;
    }

    /// Registers a device, or describes it anew when the caller names the revision that he knows.
    @PUT
    @Path("/{deviceId}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(REGISTRAR)
    @Operation(
            summary = "Register a device",
            description = "Enters a device; the same again changes nothing; a decommissioned device begins a new life. "
                    + "With If-Match the device is described anew instead. Role: registrar; and approver where the "
                    + "device's profile says so.")
    @RequestBody(
            description = "The whole description of the device. What a device shows beside that (state, revision, ...) "
                    + "may be sent back and is not looked at.",
            required = true,
            content = @Content(schema = @Schema(implementation = DeviceDescription.class)))
    @APIResponse(
            responseCode = "201",
            description = "The device was entered.",
            content = @Content(schema = @Schema(implementation = DeviceView.class)))
    @APIResponse(
            responseCode = "200",
            description = "The device was registered in these words before, or has been described anew.",
            content = @Content(schema = @Schema(implementation = DeviceView.class)))
    public Response register(@PathParam("deviceId") String deviceId, byte[] body)
            throws CallRefusedException, RegistryUnavailableException {
        var id = RequestReader.deviceId(deviceId);
        return forwarding.atOwnerOf(Replicas.Kept.DEVICES, deviceId, call, body, text -> {
            var registration = RegistrationReader.whole(id, text, profiles);
            assignment.check(registration, call);
            var order = orders.of(call, id, text);
            var answer = desk.give(
                    call.precondition().isForExisting()
                            ? new DeviceCommand.Update(order, registration)
                            : new DeviceCommand.Register(order, registration));
            if (answer instanceof CommandDesk.Answer.NotRegistered) {
                throw new CallRefusedException(
                        Response.Status.PRECONDITION_FAILED,
                        "The device " + id + " is not registered; register it without If-Match.");
            }
            return answers.of(answer, order.expectedRevision() != null);
        });
    }

    /// Changes some fields of a device (RFC 7396).
    @PATCH
    @Path("/{deviceId}")
    @Consumes("application/merge-patch+json")
    @RolesAllowed(REGISTRAR)
    @Operation(
            summary = "Change some fields of a device",
            description = "A JSON merge patch (RFC 7396): what is not there stays, a null takes a field away. With "
                    + "another owner the device has to enroll anew. Role: registrar; and approver where the device's "
                    + "profile, as it is afterwards, says so.")
    @RequestBody(
            description = "The fields to change.",
            required = true,
            content =
                    @Content(
                            mediaType = "application/merge-patch+json",
                            schema = @Schema(implementation = DevicePatch.class)))
    @APIResponse(
            responseCode = "200",
            description = "The device as it is now.",
            content = @Content(schema = @Schema(implementation = DeviceView.class)))
    public Response change(@PathParam("deviceId") String deviceId, byte[] body)
            throws CallRefusedException, RegistryUnavailableException {
        var id = RequestReader.deviceId(deviceId);
        return forwarding.atOwnerOf(Replicas.Kept.DEVICES, deviceId, call, body, text -> {
            var present = directory
                    .find(id)
                    .orElseThrow(() -> DeviceAnswers.notRegistered(id))
                    .entry();
            var merged = RegistrationReader.merged(id, present.registration(), text, profiles);
            assignment.check(merged, call);
            var order = orders.of(call, id, text);
            // What was merged is right for what was read only.
            var forRead = order.expectedRevision() == null
                    ? new DeviceCommand.Order(order.commandId(), order.actor(), id, present.revision())
                    : order;
            return answers.of(desk.give(new DeviceCommand.Update(forRead, merged)), order.expectedRevision() != null);
        });
    }

    /// One device.
    @GET
    @Path("/{deviceId}")
    @RolesAllowed({REGISTRAR, INSTALLER, APPROVER, REVOKER, AUDITOR})
    @Operation(summary = "Show a device", description = "The device as the registry holds it now. Role: any.")
    @APIResponse(
            responseCode = "200",
            description = "The device; its ETag is its revision.",
            content = @Content(schema = @Schema(implementation = DeviceView.class)))
    @APIResponse(responseCode = "304", description = "It is what the caller has.")
    @APIResponse(
            responseCode = "404",
            description = "The device is not registered.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response show(@PathParam("deviceId") String deviceId)
            throws CallRefusedException, RegistryUnavailableException {
        var id = RequestReader.deviceId(deviceId);
        return forwarding.atOwnerOf(Replicas.Kept.DEVICES, deviceId, call, NO_BODY, _ -> {
            var device = directory.find(id).orElseThrow(() -> DeviceAnswers.notRegistered(id));
            return call.precondition().ofRead(device.entry().revision(), DeviceAnswers.shown(device));
        });
    }

    /// Devices in the order of their ids, a page at a time.
    @GET
    @RolesAllowed({REGISTRAR, INSTALLER, APPROVER, REVOKER, AUDITOR})
    @Operation(
            summary = "List devices",
            description = "Devices in the order of their ids, a page at a time, of all replicas; complete, or not at "
                    + "all. Follow next until it is null: a page may hold fewer devices than wanted. Role: any.")
    @APIResponse(
            responseCode = "200",
            description = "A page of devices.",
            content = @Content(schema = @Schema(implementation = DeviceView.Page.class)))
    public Response list(
            @Parameter(description = "Only devices in this state.") @QueryParam("state") @Nullable String state,
            @Parameter(description = "Only devices at this site.") @QueryParam("site") @Nullable String site,
            @Parameter(description = "Only devices of this manufacturer.") @QueryParam("manufacturer") @Nullable
                    String manufacturer,
            @Parameter(description = "Only devices of this model.") @QueryParam("model") @Nullable String model,
            @Parameter(description = "Only devices of this certificate profile.") @QueryParam("profile") @Nullable
                    String profile,
            @Parameter(description = "Only devices whose last certificate ends before this time (ISO 8601, UTC).")
                    @QueryParam("expiringBefore")
                    @Nullable
                    String expiringBefore,
            @Parameter(description = "The id before the first one: next of the page before.")
                    @QueryParam("after")
                    @Nullable
                    String after,
            @Parameter(description = "At most so many, 1 to 1000; 100 when nothing is said.")
                    @QueryParam("limit")
                    @Nullable
                    String limit)
            throws CallRefusedException, RegistryUnavailableException {
        var query = new DeviceQuery(
                after,
                RequestReader.limit(limit),
                state(state),
                site,
                manufacturer,
                model,
                profile,
                RequestReader.instant("expiringBefore", expiringBefore));
        return lists.page(query, call);
    }

    private static @Nullable LifeState state(@Nullable String text) throws CallRefusedException {
        return text == null
                ? null
                : LifeState.named(text)
                        .orElseThrow(() -> CallRefusedException.invalid(
                                "state",
                                "is none; those are registered, enrolled, suspended, quarantined, decommissioned, "
                                        + "unknown"));
    }
}
