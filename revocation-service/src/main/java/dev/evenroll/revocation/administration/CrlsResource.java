package dev.evenroll.revocation.administration;

import dev.evenroll.revocation.crl.CrlOverview;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/// The revocation lists of all CAs.
@Path("/crls")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({"registrar", "revoker", "auditor"})
public class CrlsResource {

    private final CrlOverview overview;

    @Inject
    CrlsResource(CrlOverview overview) {
        this.overview = overview;
    }

    /// All of them.
    ///
    /// @param crls those of a CA together, in the order of their shards
    public record CrlsJson(List<CrlJson> crls) {}

    /// Every list: there are at most a few thousand.
    @GET
    public CrlsJson list() {
        return new CrlsJson(overview.lines().stream().map(CrlJson::of).toList());
    }
}
