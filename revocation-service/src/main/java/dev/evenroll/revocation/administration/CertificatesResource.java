package dev.evenroll.revocation.administration;

import dev.evenroll.pki.crl.CrlReason;
import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.revocation.inventory.Inventory;
import dev.evenroll.revocation.inventory.InventoryUnavailableException;
import dev.evenroll.revocation.inventory.OrderNotWrittenException;
import dev.evenroll.revocation.inventory.RevocationDesk;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The certificates of the inventory. Whoever administers something may look; only a revoker may revoke.
@Path("/certificates")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({"registrar", "revoker", "auditor"})
public class CertificatesResource {

    private final Inventory inventory;
    private final RevocationDesk desk;

    @Inject
    CertificatesResource(Inventory inventory, RevocationDesk desk) {
        this.inventory = inventory;
        this.desk = desk;
    }

    /// A page of certificates in the order of their ids.
    @GET
    public CertificatesJson list(
            @QueryParam("device") @Nullable String device,
            @QueryParam("state") @Nullable String state,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable String limit)
            throws InventoryUnavailableException {
        return CertificatesJson.of(inventory.list(ListParameters.read(device, state, after, limit)));
    }

    /// One certificate, with its PEM.
    @GET
    @Path("{certificateId}")
    public CertificateJson one(@PathParam("certificateId") String certificateId) throws InventoryUnavailableException {
        return inventory.find(id(certificateId)).map(CertificateJson::alone).orElseThrow(OrderAnswers::unknown);
    }

    /// Revokes a certificate, and answers when it is revoked. Revoking it again answers the same.
    @POST
    @Path("{certificateId}/revocation")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed("revoker")
    public CertificateJson revoke(
            @PathParam("certificateId") String certificateId, byte[] body, @Context SecurityContext security)
            throws OrderNotWrittenException, InterruptedException {
        return order(certificateId, RevocationRequestReader.reason(body), security);
    }

    /// Puts a certificate on hold, and answers when it is. Again answers the same.
    @POST
    @Path("{certificateId}/hold")
    @RolesAllowed("revoker")
    public CertificateJson hold(@PathParam("certificateId") String certificateId, @Context SecurityContext security)
            throws OrderNotWrittenException, InterruptedException {
        return order(certificateId, CrlReason.CERTIFICATE_HOLD, security);
    }

    /// Releases a certificate from hold, and answers when it is. One that is not on hold stays as it is.
    @POST
    @Path("{certificateId}/release")
    @RolesAllowed("revoker")
    public CertificateJson release(@PathParam("certificateId") String certificateId, @Context SecurityContext security)
            throws OrderNotWrittenException, InterruptedException {
        return order(certificateId, CrlReason.REMOVE_FROM_CRL, security);
    }

    private CertificateJson order(String certificateId, CrlReason reason, SecurityContext security)
            throws OrderNotWrittenException, InterruptedException {
        return OrderAnswers.json(desk.order(
                id(certificateId), reason, security.getUserPrincipal().getName()));
    }

    private static CertificateId id(String written) {
        try {
            return CertificateId.parse(written);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(404, "There is no such certificate: " + e.getMessage() + ".", List.of());
        }
    }
}
