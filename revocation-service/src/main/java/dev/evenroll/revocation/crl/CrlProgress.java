package dev.evenroll.revocation.crl;

import java.time.Instant;
import java.util.Optional;

/// How far the lists of a shard have come.
///
/// @param number cRLNumber of the last list that was prepared, from 1 (RFC 5280 section 5.2.3)
/// @param nextUpdate nextUpdate of that list, whole seconds
/// @param changed whether a revocation has come since that list was prepared
/// @param base the list that delta lists are relative to; empty while there is none
public record CrlProgress(long number, Instant nextUpdate, boolean changed, Optional<Base> base) {

    /// A complete list that was signed.
    ///
    /// @param number its cRLNumber
    /// @param since when delta lists began to be relative to it
    public record Base(long number, Instant since) {}

    public CrlProgress {
        if (number < 1) {
            throw new IllegalArgumentException(
                    "cRLNumber: " + number + " is less than 1, the number of the first list");
        }
    }

    /// The same after a revocation.
    public CrlProgress afterRevocation() {
        return new CrlProgress(number, nextUpdate, true, base);
    }
}
