package dev.evenroll.validator.registry;

/// What made a registry entry what it is.
public enum RegistryChange {
    /// Not said, or a change that a newer version wrote and this one does not know.
    UNKNOWN,
    /// Entered by a person.
    REGISTERED,
    /// Entered by a just-in-time policy.
    ADMITTED,
    /// Described anew by a person.
    UPDATED,
    /// Taken out by a person.
    SUSPENDED,
    /// Brought back from suspension or quarantine by a person.
    RESUMED,
    /// Put in quarantine, by a person or by a policy.
    QUARANTINED,
    /// Ended by a person.
    DECOMMISSIONED,
    /// Given to another owner or site.
    TRANSFERRED,
    /// A certificate was issued.
    CERTIFIED,
    /// Nothing changed but the result of the last command, which was refused.
    COMMAND_REFUSED,
    /// Nothing changed but the result of the last command, which asked for what is already so.
    COMMAND_REPEATED,
    /// An installer's one-time token was created.
    TOKEN_CREATED,
    /// The one-time token was locked after too many wrong ones.
    TOKEN_LOCKED,
    /// A person approved or rejected an enrollment of the device.
    ENROLLMENT_DECIDED,
    /// The device was seen with a newer certificate, so that the ones before it are retired.
    CERTIFICATE_USED
}
