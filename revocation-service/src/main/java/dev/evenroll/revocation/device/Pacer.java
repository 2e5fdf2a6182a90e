package dev.evenroll.revocation.device;

import java.time.Instant;
import java.util.Optional;

/// Keeps a mass of renewals that is due at once from becoming a storm.
@FunctionalInterface
public interface Pacer {

    /// Takes the next free place.
    ///
    /// @param site where the device stands; empty when that is not known
    /// @return when it is: `now`, or later
    Instant reserve(Optional<String> site, Instant now);
}
