package dev.evenroll.revocation.administration;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A page of renewals as JSON.
///
/// @param next what to ask for with `after` to continue; null at the end
public record RenewalsJson(
        List<RenewalJson> renewals, @Nullable String next) {

    public RenewalsJson {
        renewals = List.copyOf(renewals);
    }
}
