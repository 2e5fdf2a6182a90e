package dev.evenroll.revocation.administration;

import dev.evenroll.revocation.administration.Problem.FieldError;
import dev.evenroll.revocation.inventory.InventoryUnavailableException;
import dev.evenroll.revocation.inventory.RenewalPlace;
import dev.evenroll.revocation.inventory.Renewals;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The renewals of all devices, those that are due first.
@Path("/renewals")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({"registrar", "revoker", "auditor"})
public class RenewalsResource {

    /// A time that no certificate lives to see.
    private static final Instant EVER = Instant.parse("9999-12-31T23:59:59Z");

    private final Renewals renewals;

    @Inject
    RenewalsResource(Renewals renewals) {
        this.renewals = renewals;
    }

    /// A page, in the order of their time.
    ///
    /// @param until only those that are due by then, ISO 8601; all when absent
    @GET
    public RenewalsJson list(
            @QueryParam("until") @Nullable String until,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable String limit)
            throws InventoryUnavailableException {
        var errors = new ArrayList<FieldError>();
        var latest = latest(until, errors);
        var place = place(after, errors);
        int most = ListParameters.limit(limit, errors);
        if (!errors.isEmpty()) {
            throw new ProblemException(400, "The list can not be made from these parameters.", errors);
        }
        var page = renewals.list(latest, place, most);
        return new RenewalsJson(
                page.renewals().stream().map(RenewalJson::of).toList(),
                page.next().map(RenewalPlace::toString).orElse(null));
    }

    private static Instant latest(@Nullable String until, List<FieldError> errors) {
        if (until == null) {
            return EVER;
        }
        try {
            return Instant.parse(until);
        } catch (DateTimeException e) {
            errors.add(new FieldError("until", "must be a time like 2026-11-22T10:00:00Z"));
            return EVER;
        }
    }

    private static Optional<RenewalPlace> place(@Nullable String after, List<FieldError> errors) {
        if (after == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(RenewalPlace.parse(after));
        } catch (IllegalArgumentException e) {
            errors.add(new FieldError("after", "must be the next of the page before"));
            return Optional.empty();
        }
    }
}
