package dev.evenroll.validator.enrollment;

import dev.evenroll.pki.Failure;
import org.jspecify.annotations.Nullable;

/// The answer to a key claim. The first claim wins for ever: a public key is certified for one device only.
public sealed interface KeyOwnership {

    /// The key may be certified for the claimant.
    ///
    /// @param first whether the claim is the first one, and so has to be kept
    record Granted(boolean first) implements KeyOwnership {}

    /// The key belongs to another device.
    ///
    /// @param holder the device that claimed it first; not for the ears of the claimant
    record Taken(String holder) implements KeyOwnership {

        /// What the claimant is told.
        public Failure failure() {
            return new Failure(
                    RULE, "key: belongs to another device; make a new key pair on this device and enroll with it");
        }
    }

    /// Rule under which a claim is refused. No other rule carries this name: a refusal by it ends an
    /// enrollment in flight.
    String RULE = "key-claim";

    /// Decides a claim.
    ///
    /// @param holder the device that holds the key; null when nobody does
    /// @param claimant the device that claims it
    static KeyOwnership decide(@Nullable String holder, String claimant) {
        if (holder == null) {
            return new Granted(true);
        }
        return holder.equals(claimant) ? new Granted(false) : new Taken(holder);
    }
}
