package dev.evenroll.cli.administration;

import java.util.Locale;

/// What a caller of the administration interfaces may do.
public enum Role {
    /// Enters devices in the registry.
    REGISTRAR,
    /// Revokes certificates.
    REVOKER,
    /// Reads.
    AUDITOR;

    /// As it stands in the claim `groups`.
    String claim() {
        return name().toLowerCase(Locale.ROOT);
    }
}
