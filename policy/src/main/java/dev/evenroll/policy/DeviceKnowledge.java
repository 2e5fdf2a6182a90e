package dev.evenroll.policy;

/// What the registry knows of a device, as far as a policy has to care.
public enum DeviceKnowledge {
    /// Not in the registry.
    UNREGISTERED,
    /// Registered or enrolled.
    ACTIVE,
    /// Known, but not trusted: what it asks for waits for a person.
    QUARANTINED,
    /// Suspended, decommissioned, or in a state that is not understood: no policy lets it in.
    BARRED
}
