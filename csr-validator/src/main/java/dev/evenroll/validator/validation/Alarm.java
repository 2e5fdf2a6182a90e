package dev.evenroll.validator.validation;

/// Something in a refused request that a person who watches over security wants to know.
///
/// @param kind what kind of thing it is
/// @param sentence what happened and what to do, for a person
public record Alarm(Kind kind, String sentence) {

    /// Kinds of alarms.
    public enum Kind {
        /// A token that is not the device's: counts against the attempts that the device's token allows.
        WRONG_TOKEN,
        /// The device's token, but spent, expired, locked or replaced; or any token for a device that has none.
        UNUSABLE_TOKEN,
        /// Somebody trusted asked for a device that it does not speak for.
        FOREIGN_DEVICE,
        /// A blocked key, to be certified or of who asks.
        BLOCKED_KEY,
        /// A revoked certificate.
        REVOKED_CERTIFICATE
    }
}
