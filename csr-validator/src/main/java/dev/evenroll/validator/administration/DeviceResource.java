package dev.evenroll.validator.administration;

import dev.evenroll.validator.administration.RegistrationDesk.Answer;
import dev.evenroll.validator.registry.DeviceDirectory;
import dev.evenroll.validator.registry.DeviceLife;
import dev.evenroll.validator.registry.Registration;
import dev.evenroll.validator.registry.RegistryUnavailableException;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The devices of the registry.
@Path("/devices")
@Produces(MediaType.APPLICATION_JSON)
public final class DeviceResource {

    private static final String REGISTRAR = "registrar";
    private static final String REVOKER = "revoker";
    private static final String AUDITOR = "auditor";

    private final RegistrationDesk desk;
    private final DeviceDirectory directory;
    private final Manufacturers manufacturers;

    public DeviceResource(RegistrationDesk desk, DeviceDirectory directory, Manufacturers manufacturers) {
        this.desk = desk;
        this.directory = directory;
        this.manufacturers = manufacturers;
    }

    /// Registers a device: 201 when it is new, 200 when it was registered in the same words, 409 when it is
    /// registered differently.
    @PUT
    @Path("/{deviceId}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(REGISTRAR)
    public Response register(@PathParam("deviceId") String deviceId, String body, @Context SecurityContext caller)
            throws InvalidRequestException, RegistryUnavailableException {
        var id = RequestReader.deviceId(deviceId);
        var registration = RequestReader.registration(body);
        var answer = desk.register(id, registration, caller.getUserPrincipal().getName());
        return switch (answer) {
            case Answer.Created(DeviceLife.Known device) -> shown(Response.Status.CREATED, device);
            case Answer.Unchanged(DeviceLife.Known device) -> shown(Response.Status.OK, device);
            case Answer.Contradicted(DeviceLife.Known device) -> conflict(device, registration);
        };
    }

    /// One device.
    @GET
    @Path("/{deviceId}")
    @RolesAllowed({REGISTRAR, REVOKER, AUDITOR})
    public Response show(@PathParam("deviceId") String deviceId)
            throws InvalidRequestException, RegistryUnavailableException {
        var id = RequestReader.deviceId(deviceId);
        return directory
                .find(id)
                .map(device -> Response.ok(DeviceView.of(device, List.of())).build())
                .orElseGet(() -> Problem.response(
                                Response.Status.NOT_FOUND,
                                "The device " + id + " is not registered; register it with PUT /devices/" + id + ".",
                                List.of())
                        .build());
    }

    /// Devices in the order of their ids, a page at a time.
    @GET
    @RolesAllowed({REGISTRAR, REVOKER, AUDITOR})
    public DeviceView.Page list(
            @QueryParam("after") @Nullable String after, @QueryParam("limit") @Nullable String limit)
            throws InvalidRequestException, RegistryUnavailableException {
        var size = RequestReader.limit(limit);
        // One more than is shown tells whether there are more.
        var devices = directory.list(after, size + 1).stream()
                .map(device -> DeviceView.of(device, List.of()))
                .toList();
        return devices.size() <= size
                ? new DeviceView.Page(devices, null)
                : new DeviceView.Page(
                        devices.subList(0, size), devices.get(size - 1).deviceId());
    }

    private Response shown(Response.Status status, DeviceLife.Known device) {
        var warnings = manufacturers.warningsFor(device.entry().registration().manufacturer());
        return Response.status(status).entity(DeviceView.of(device, warnings)).build();
    }

    private static Response conflict(DeviceLife.Known device, Registration asked) {
        var entry = device.entry();
        return Problem.response(
                        Response.Status.CONFLICT,
                        "The device " + entry.deviceId()
                                + " is registered differently and stays as it is; register it in the same words, "
                                + "or under its own serial number.",
                        entry.registration().differencesFrom(asked))
                .build();
    }
}
