package dev.evenroll.cli.administration;

import java.util.Locale;

/// What a caller of the administration interfaces may do.
public enum Role {
    /// Enters devices in the registry, and changes them.
    REGISTRAR,
    /// Makes one-time tokens for devices.
    INSTALLER,
    /// Decides enrollments that wait for a person.
    APPROVER,
    /// Revokes certificates and blocks keys.
    REVOKER,
    /// Reads.
    AUDITOR;

    /// As it stands in the claim `groups`.
    public String claim() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return claim();
    }
}
