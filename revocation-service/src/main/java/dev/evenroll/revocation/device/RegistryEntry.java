package dev.evenroll.revocation.device;

import java.time.Instant;
import java.util.Optional;

/// What the registry says of a device, as far as its certificates depend on it.
///
/// @param ocppIdentity name of the station in the OCPP connection URL
/// @param site where it stands
/// @param standing what may become of its certificates
/// @param life which of its lives it is in: another number, another owner or a new begin
/// @param installedNotBefore start of validity of the newest certificate that the registry has seen it use
/// @param actor who gave the registry's last command about it; empty when none is known
public record RegistryEntry(
        String ocppIdentity,
        String site,
        Standing standing,
        long life,
        Optional<Instant> installedNotBefore,
        String actor) {

    /// What the state of a device means for its certificates.
    public enum Standing {
        /// It may enroll, and so renew.
        ENROLLING,
        /// It may not enroll for now.
        HELD_BACK,
        /// It is at the end of its life, and so are its certificates.
        DECOMMISSIONED
    }
}
