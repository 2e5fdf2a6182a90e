package dev.evenroll.validator.enrollment;

import dev.evenroll.pki.Failure;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The answer to a key claim. The first claim wins for ever: a public key is certified for one device only,
/// and for nobody any more once it is blocked.
public sealed interface KeyOwnership {

    /// The key may be certified for the claimant.
    ///
    /// @param entry what has to be kept of the key
    record Granted(KeyEntry entry) implements KeyOwnership {}

    /// The key may not be certified for the claimant.
    sealed interface Denied extends KeyOwnership {

        /// What the claimant is told.
        Failure failure();

        /// Another device, which claimed the key first; not for the ears of the claimant.
        Optional<String> otherDevice();
    }

    /// The key belongs to another device.
    ///
    /// @param holder the device that claimed it first
    record Taken(String holder) implements Denied {

        @Override
        public Failure failure() {
            return EnrollmentRules.KEY_CLAIM.failure();
        }

        @Override
        public Optional<String> otherDevice() {
            return Optional.of(holder);
        }
    }

    /// The key is blocked.
    ///
    /// @param otherDevice the device that it belongs to, when it is not the claimant
    record Blocked(Optional<String> otherDevice) implements Denied {

        @Override
        public Failure failure() {
            return EnrollmentRules.KEY_BLOCKED.failure();
        }
    }

    /// The key is the claimant's, and has been certified for it; the claimant has to bring a new one.
    record NotNew() implements Denied {

        @Override
        public Failure failure() {
            return EnrollmentRules.KEY_NOT_NEW.failure();
        }

        @Override
        public Optional<String> otherDevice() {
            return Optional.empty();
        }
    }

    /// A claim of a key.
    ///
    /// @param deviceId the device that claims it
    /// @param enrollmentId the enrollment that it is claimed for: repeated, it is granted again
    /// @param newKeyRequired whether no other enrollment may have had a certificate for it
    /// @param claimedAt when it is claimed
    record Claim(String deviceId, String enrollmentId, boolean newKeyRequired, Instant claimedAt) {}

    /// Decides a claim.
    ///
    /// @param before what is known of the key; null when nothing is
    static KeyOwnership decide(@Nullable KeyEntry before, Claim claim) {
        if (before == null) {
            return new Granted(
                    KeyEntry.claimed(claim.deviceId(), claim.claimedAt()).granted(claim.enrollmentId()));
        }
        var other = Optional.ofNullable(before.holder()).filter(holder -> !holder.equals(claim.deviceId()));
        if (before.block() != null) {
            return new Blocked(other);
        }
        if (other.isPresent()) {
            return new Taken(other.get());
        }
        return claim.newKeyRequired() && before.certifiedBeyond(claim.enrollmentId())
                ? new NotNew()
                : new Granted(before.granted(claim.enrollmentId()));
    }
}
