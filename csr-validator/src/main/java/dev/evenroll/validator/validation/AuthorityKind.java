package dev.evenroll.validator.validation;

/// What a registration authority is.
public enum AuthorityKind {
    /// A local controller (OCPP 2.0.1 part 4): speaks for the devices of its sites.
    LOCAL_CONTROLLER,
    /// A station of a factory line: speaks for the devices of its manufacturers.
    FACTORY_LINE
}
