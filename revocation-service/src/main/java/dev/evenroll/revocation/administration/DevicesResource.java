package dev.evenroll.revocation.administration;

import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.revocation.inventory.InventoryUnavailableException;
import dev.evenroll.revocation.inventory.OrderNotWrittenException;
import dev.evenroll.revocation.inventory.RevocationDesk;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;

/// The certificates of a device, all at once. `GET /certificates?device=...` says beforehand which.
@Path("/devices")
@Produces(MediaType.APPLICATION_JSON)
public class DevicesResource {

    private final RevocationDesk desk;

    @Inject
    DevicesResource(RevocationDesk desk) {
        this.desk = desk;
    }

    /// Revokes every certificate of the device that is neither revoked nor expired, and answers with them when they are
    /// revoked; with none when there is none.
    @POST
    @Path("{deviceId}/revocation")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed("revoker")
    public CertificatesJson revoke(
            @PathParam("deviceId") String deviceId, byte[] body, @Context SecurityContext security)
            throws InventoryUnavailableException, OrderNotWrittenException, InterruptedException {
        DeviceId.problemWith(deviceId).ifPresent(problem -> {
            throw new ProblemException(404, "There is no such device: " + problem.message(), List.of());
        });
        var outcomes = desk.revokeDevice(
                deviceId,
                RevocationRequestReader.reason(body),
                security.getUserPrincipal().getName());
        return new CertificatesJson(
                outcomes.values().stream().map(OrderAnswers::json).toList(), null);
    }
}
