package dev.evenroll.validator.administration;

import static dev.evenroll.validator.administration.Role.APPROVER;
import static dev.evenroll.validator.administration.Role.AUDITOR;
import static dev.evenroll.validator.administration.Role.INSTALLER;
import static dev.evenroll.validator.administration.Role.REGISTRAR;
import static dev.evenroll.validator.administration.Role.REVOKER;

import dev.evenroll.validator.administration.Bodies.Judgement;
import dev.evenroll.validator.enrollment.ApprovalPlace;
import dev.evenroll.validator.enrollment.ApprovalQuery;
import dev.evenroll.validator.registry.RegistryUnavailableException;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
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

/// The enrollments that wait, or waited, for a person.
@Path("/approvals")
@Produces(MediaType.APPLICATION_JSON)
public final class ApprovalResource {

    private static final byte[] NO_BODY = {};

    private final ApprovalDesk desk;
    private final ApprovalLists lists;
    private final Forwarding forwarding;
    private final Call call;

    ApprovalResource(ApprovalDesk desk, ApprovalLists lists, Forwarding forwarding, Call call) {
        this.desk = desk;
        this.lists = lists;
        this.forwarding = forwarding;
        this.call = call;
    }

    /// Enrollments in the order of their devices, a page at a time.
    @GET
    @RolesAllowed({REGISTRAR, INSTALLER, APPROVER, REVOKER, AUDITOR})
    @Operation(
            summary = "List enrollments that wait for a person",
            description = "Enrollments that wait, or waited, for a person, until they expire; of all replicas; "
                    + "complete, or not at all. Follow next until it is null. Role: any.")
    @APIResponse(
            responseCode = "200",
            description = "A page of enrollments.",
            content = @Content(schema = @Schema(implementation = ApprovalView.Page.class)))
    public Response list(
            @Parameter(description = "Only those of this device.") @QueryParam("device") @Nullable String device,
            @Parameter(description = "true: only decided ones; false: only those that still wait.")
                    @QueryParam("decided")
                    @Nullable
                    String decided,
            @Parameter(description = "The place before the first one: next of the page before.")
                    @QueryParam("after")
                    @Nullable
                    String after,
            @Parameter(description = "At most so many, 1 to 1000; 100 when nothing is said.")
                    @QueryParam("limit")
                    @Nullable
                    String limit)
            throws CallRefusedException, RegistryUnavailableException {
        var query = new ApprovalQuery(
                place(after),
                RequestReader.limit(limit),
                device == null ? null : RequestReader.deviceId(device),
                decided == null ? null : RequestReader.flag("decided", decided));
        return lists.page(query, call);
    }

    /// One enrollment.
    @GET
    @Path("/{deviceId}/{enrollmentId}")
    @RolesAllowed({REGISTRAR, INSTALLER, APPROVER, REVOKER, AUDITOR})
    @Operation(
            summary = "Show an enrollment that waits for a person",
            description = "The enrollment, decided or not, until it expires. Role: any.")
    @APIResponse(
            responseCode = "200",
            description = "The enrollment.",
            content = @Content(schema = @Schema(implementation = ApprovalView.class)))
    public Response show(@PathParam("deviceId") String deviceId, @PathParam("enrollmentId") String enrollmentId)
            throws CallRefusedException, RegistryUnavailableException {
        var id = RequestReader.deviceId(deviceId);
        var enrollment = RequestReader.sha256("enrollmentId", enrollmentId);
        return forwarding.atOwnerOf(
                Replicas.Kept.DEVICES,
                deviceId,
                call,
                NO_BODY,
                _ -> Response.ok(ApprovalView.of(desk.find(id, enrollment))).build());
    }

    /// Approves or rejects an enrollment.
    @POST
    @Path("/{deviceId}/{enrollmentId}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(APPROVER)
    @Operation(
            summary = "Approve or reject an enrollment",
            description = "Approved, the request is judged again and goes on; a device in quarantine is released. "
                    + "Rejected, it stays refused. A decision stands. Role: approver.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Judgement.class)))
    @APIResponse(
            responseCode = "200",
            description = "The enrollment with the decision.",
            content = @Content(schema = @Schema(implementation = ApprovalView.class)))
    public Response decide(
            @PathParam("deviceId") String deviceId, @PathParam("enrollmentId") String enrollmentId, byte[] body)
            throws CallRefusedException, RegistryUnavailableException {
        var id = RequestReader.deviceId(deviceId);
        var enrollment = RequestReader.sha256("enrollmentId", enrollmentId);
        return forwarding.atOwnerOf(
                Replicas.Kept.DEVICES, deviceId, call, body, text -> desk.decide(id, enrollment, text, call));
    }

    private static @Nullable ApprovalPlace place(@Nullable String after) throws CallRefusedException {
        return after == null
                ? null
                : ApprovalPlace.read(after)
                        .orElseThrow(() -> CallRefusedException.invalid(
                                "after", "is no place in the list; give the next of the page before"));
    }
}
