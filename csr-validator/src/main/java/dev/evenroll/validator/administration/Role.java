package dev.evenroll.validator.administration;

/// The roles of the administration interface: values of the token's groups.
final class Role {

    /// Keeps the registry.
    static final String REGISTRAR = "registrar";
    /// Installs devices in the field.
    static final String INSTALLER = "installer";
    /// Decides on enrollments that wait for a person.
    static final String APPROVER = "approver";
    /// Takes certificates and keys away.
    static final String REVOKER = "revoker";
    /// Looks at everything, changes nothing.
    static final String AUDITOR = "auditor";

    private Role() {}
}
